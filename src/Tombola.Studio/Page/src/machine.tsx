// This machine: what it is, how fast it trains dense and pruned networks, what it computes now.
import { useState } from 'preact/hooks';
import { ask, Complaint, useAnswer } from './api';
import { Figure } from './figure';
import { useStore } from './live';
import { Failure, Loading, Progress } from './parts';
import { Link } from './router';
import type { Machine } from './types';
import { bytes, percent } from './words';

export function MachinePage() {
  const answer = useAnswer<Machine>('/api/machine');
  const [measured, setMeasured] = useState<Machine>();
  const [error, setError] = useState<Complaint>();
  const [busy, setBusy] = useState(false);
  const running = useStore().runs.filter(run => run.state === 'running');
  const machine = measured ?? answer.value;
  if (answer.error && !machine)
    return <Failure error={answer.error} again={answer.again} />;
  if (!machine)
    return <Loading what="the machine" />;
  const measure = () => {
    setBusy(true);
    setError(undefined);
    ask<Machine>('/api/machine/bench', {}).then(setMeasured, (problem: unknown) =>
      problem instanceof Complaint && setError(problem)).finally(() => setBusy(false));
  };
  const { speed } = machine;
  return (
    <>
      <h1>{machine.name}</h1>
      <p class="lead">{machine.processor}</p>
      <p class="facts">
        <span><b>{machine.cores}</b> {machine.cores === 1 ? 'core' : 'cores'}</span>
        <span><b>{machine.vector_bits}</b>-bit vectors</span>
        <span><b>{(machine.memory / 2 ** 30).toFixed(0)} GiB</b> of memory</span>
        {speed && <span><b>{(speed.peak / 1e9).toFixed(0)} GFLOP/s</b> peak of a core</span>}
      </p>
      <p class="small">{machine.runtime} · {machine.system}</p>

      <h2>Running now</h2>
      {running.length === 0 && <p class="state">Nothing is running.</p>}
      <ul class="runs">
        {running.map(run => (
          <li class="run side" key={run.id}>
            <div class="what">
              <h2><Link to={`/runs/${run.id}`}>{run.name}</Link></h2>
              <p class="small">process {run.status?.process} on {run.status?.machine}</p>
              <Progress run={run} />
            </div>
          </li>
        ))}
      </ul>

      <h2>Dense against pruned</h2>
      <p>Steps of LeNet-300-100, 60 examples each, Adam, on one core: what <code>tombola bench</code> measures.
        {running.length > 0 && ' What is running now slows it down, and is slowed down by it.'}</p>
      <button type="button" class="primary" disabled={busy} onClick={measure}>
        {busy ? 'Measuring …' : speed ? 'Measure again' : 'Measure'}
      </button>
      {error && <Failure error={error} />}
      {speed && <SpeedView speed={speed} />}
    </>
  );
}

function SpeedView({ speed }: { speed: NonNullable<Machine['speed']> }) {
  return (
    <section aria-label="Measured speed">
      <div class="scroll" tabIndex={0} role="region" aria-label="Times, density by density">
        <table>
          <thead>
            <tr>
              <th scope="col">density</th><th scope="col">ms a step</th><th scope="col">against dense</th>
              <th scope="col">GFLOP/s</th><th scope="col">of peak</th><th scope="col">memory</th>
            </tr>
          </thead>
          <tbody>
            {speed.timings.map(timing => (
              <tr key={timing.density}>
                <th scope="row">{percent(timing.density)}</th>
                <td>{timing.ms_per_step.toFixed(3)}</td>
                <td>{(timing.ms_per_step / speed.timings[0].ms_per_step).toFixed(3)}</td>
                <td>{(timing.flops_per_step / timing.ms_per_step / 1e6).toFixed(1)}</td>
                <td>{percent(timing.peak_fraction, 0)}</td>
                <td>{bytes(timing.state_bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>Compressed at and below: {speed.break_even.map(layer =>
        `${layer.layer} ${percent(layer.density, 0)}`).join(', ')}.</p>
      <div class="figures"><Figure figure={speed.figure} /></div>
    </section>
  );
}
