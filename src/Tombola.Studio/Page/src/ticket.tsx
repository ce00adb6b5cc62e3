// One ticket: its layers, its masks, what survives, how fast it is here, and its files.
import { useState } from 'preact/hooks';
import { ask, Complaint, useAnswer } from './api';
import { Figure } from './figure';
import { useRun } from './live';
import { MaskView } from './mask';
import { Failure, Loading } from './parts';
import { go, Link } from './router';
import type { TicketDetails, TicketSpeed, Training } from './types';
import { bytes, percent, whole } from './words';

const MAIN = 'winning-ticket';

export function TicketPage({ id, query }: { id: string; query: URLSearchParams }) {
  const live = useRun(id);
  const base = `/api/runs/${encodeURIComponent(id)}`;
  const trainings = useAnswer<Training[]>(`${base}/trainings`, live?.results_version);
  if (trainings.error && !trainings.value)
    return <><Crumbs id={id} /><Failure error={trainings.error} again={trainings.again} /></>;
  if (!trainings.value)
    return <Loading what="the tickets" />;
  const chosen = choose(trainings.value, query);
  return (
    <>
      <Crumbs id={id} />
      <h1>{chosen.branch === MAIN ? chosen.level === 0 ? 'Dense network' : 'Ticket' : chosen.branch}{' '}
        <span class="soft">{percent(chosen.density)} of the weights</span></h1>
      <Picker id={id} trainings={trainings.value} chosen={chosen} />
      <Ticket key={chosen.stage} base={`${base}/tickets/${chosen.stage}`} training={chosen} />
    </>
  );
}

function Crumbs({ id }: { id: string }) {
  return <p class="crumbs"><Link to="/">Experiments</Link> › <Link to={`/runs/${id}`}>{id}</Link></p>;
}

/** The training that the address names, or the sparsest ticket of the first trial. */
function choose(trainings: Training[], query: URLSearchParams): Training {
  const wanted = (training: Training) => ['experiment', 'branch', 'trial', 'level'].every(key =>
    !query.has(key) || query.get(key) === String(training[key as keyof Training]));
  const fitting = trainings.filter(wanted);
  const tickets = (fitting.length > 0 ? fitting : trainings).filter(training => training.branch === MAIN);
  const rest = tickets.length > 0 ? tickets : fitting.length > 0 ? fitting : trainings;
  return rest.filter(training =>
    training.trial === rest[0].trial && training.experiment === rest[0].experiment).at(-1)!;
}

function Picker({ id, trainings, chosen }: { id: string; trainings: Training[]; chosen: Training }) {
  const set = (change: Partial<Training>) => {
    const next = { ...chosen, ...change };
    const query = new URLSearchParams({
      experiment: next.experiment, branch: next.branch, trial: `${next.trial}`, level: `${next.level}`,
    });
    go(`/runs/${id}/ticket?${query}`, true);
  };
  const values = (key: keyof Training, fits: (training: Training) => boolean) =>
    [...new Set(trainings.filter(fits).map(training => training[key]))];
  const same = (training: Training) => training.experiment === chosen.experiment;
  const experiments = values('experiment', () => true);
  const levels = trainings.filter(training =>
    same(training) && training.branch === chosen.branch && training.trial === chosen.trial);
  const at = levels.findIndex(training => training.level === chosen.level);
  return (
    <div class="tools">
      {experiments.length > 1 && (
        <Choice label="Variant" value={chosen.experiment} values={experiments}
          change={value => set({ experiment: value })} />
      )}
      <Choice label="Branch" value={chosen.branch} values={values('branch', same)}
        change={value => set({ branch: value, level: Math.max(1, chosen.level) })} />
      <Choice label="Trial" value={`${chosen.trial}`}
        values={values('trial', training => same(training) && training.branch === chosen.branch)}
        change={value => set({ trial: Number(value) })} />
      <label class="field range-field">Level {chosen.level}
        <input type="range" min={0} max={levels.length - 1} value={at}
          onInput={event => set({ level: levels[Number(event.currentTarget.value)].level })}
          aria-valuetext={`level ${chosen.level}, ${percent(chosen.density)} of the weights`} />
      </label>
    </div>
  );
}

type ChoiceProps = { label: string; value: string; values: unknown[]; change: (value: string) => void };

function Choice({ label, value, values, change }: ChoiceProps) {
  return (
    <label class="field">{label}
      <select value={value} onChange={event => change(event.currentTarget.value)}>
        {values.map(String).map(one => <option key={one} value={one}>{one}</option>)}
      </select>
    </label>
  );
}

function Ticket({ base, training }: { base: string; training: Training }) {
  const details = useAnswer<TicketDetails>(base);
  const [name, setName] = useState('');
  if (details.error && !details.value)
    return <Failure error={details.error} again={details.again} />;
  if (!details.value)
    return <Loading what="the ticket" />;
  const { layers, figures } = details.value;
  const layer = layers.find(one => one.name === name) ?? layers[0];
  return (
    <>
      <p class="facts">
        <span><b>{whole(training.weights_remaining)}</b> of {whole(training.weights_total)} weights</span>
        <span><b>{percent(training.early_stop_test, 2)}</b> at early stop</span>
        <span><b>{percent(training.final_test, 2)}</b> at the end</span>
        <a href={`${base}/ticket.safetensors`} download>ticket.safetensors</a>
        <a href={`${base}/trained.safetensors`} download>trained.safetensors</a>
      </p>
      <section aria-label="Masks">
        <h2>Masks</h2>
        <div class="tabs" role="group" aria-label="Layers">
          {layers.map(one => (
            <button key={one.name} type="button" aria-pressed={one === layer} onClick={() => setName(one.name)}>
              {one.name} <span class="soft">{percent(one.survivors / one.weights)}</span>
            </button>
          ))}
        </div>
        <MaskView key={layer.name} address={`${base}/masks/${encodeURIComponent(layer.name)}`} layer={layer} />
      </section>
      <section aria-label="What survives">
        <h2>What survives</h2>
        <div class="figures">{figures.map(figure => <Figure key={figure.name} figure={figure} />)}</div>
      </section>
      <Speed address={`${base}/speed`} density={training.density} />
    </>
  );
}

function Speed({ address, density }: { address: string; density: number }) {
  const [speed, setSpeed] = useState<TicketSpeed>();
  const [error, setError] = useState<Complaint>();
  const [busy, setBusy] = useState(false);
  const measure = () => {
    setBusy(true);
    setError(undefined);
    ask<TicketSpeed>(address, {}).then(setSpeed, (problem: unknown) =>
      problem instanceof Complaint && setError(problem)).finally(() => setBusy(false));
  };
  return (
    <section aria-label="Speed">
      <h2>Speed on this machine</h2>
      <p>One training step of this network against one of the dense network, measured here in a few seconds.</p>
      <button type="button" class="primary" disabled={busy} onClick={measure}>
        {busy ? 'Measuring …' : 'Measure'}
      </button>
      {error && <Failure error={error} />}
      {speed && (
        <p class="facts" role="status">
          <span><b>{speed.dense_ms.toFixed(3)} ms</b> dense, {bytes(speed.dense_bytes)}</span>
          <span><b>{speed.ticket_ms.toFixed(3)} ms</b> at {percent(density)}, {bytes(speed.ticket_bytes)}</span>
          <span><b>{(speed.dense_ms / speed.ticket_ms).toFixed(1)} ×</b> as fast</span>
        </p>
      )}
    </section>
  );
}
