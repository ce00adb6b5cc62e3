// One experiment, or several side by side: verdicts, figures, recipe; live while it runs.
import { useState } from 'preact/hooks';
import { useAnswer } from './api';
import { BestTicket, factsOf } from './experiments';
import { Figure } from './figure';
import { useRun, useStore } from './live';
import { Bar, Copy, Empty, Failure, Loading, Progress, StateBadge, Toggle } from './parts';
import { Link } from './router';
import type { FigureData, RunCard, RunDetails, RunningStage } from './types';
import { Verdicts, XorTable } from './verdicts';
import { ago } from './words';

export function ExperimentPage({ id }: { id: string }) {
  const live = useRun(id);
  const details = useAnswer<RunDetails>(`/api/runs/${encodeURIComponent(id)}`, live?.results_version);
  if (details.error && !details.value)
    return <Failure error={details.error} again={details.again} />;
  if (!details.value)
    return <Loading what={id} />;
  const { command, recipe, summary, xor } = details.value;
  const run = live ?? details.value.card;
  return (
    <>
      <p class="crumbs"><Link to="/">Experiments</Link></p>
      <div class="head">
        <div>
          <h1>{run.name} <StateBadge state={run.state} /></h1>
          <p class="lead">{run.description}</p>
          <p class="small">{factsOf(run).join(' · ')} · {ago(run.updated)}</p>
        </div>
        <BestTicket run={run} />
      </div>
      {run.problem && <p class="state failure" role="alert">{run.problem}</p>}
      <Progress run={run} />
      {run.state === 'running' && run.status && <Running stages={run.status.stages} />}
      {summary && <Verdicts run={run} summary={summary} />}
      {summary && run.best && (
        <p><Link to={`/runs/${run.id}/ticket`}>Look at its tickets</Link>: masks, pixels, surviving values, speed</p>
      )}
      {xor && <XorTable rows={xor.rows} />}
      {run.kind === 'tickets' && !run.problem && <Figures runs={[run]} />}
      <Recipe run={run} command={command} recipe={recipe} />
    </>
  );
}

export function ComparePage({ ids }: { ids: string[] }) {
  const { runs, known } = useStore();
  const chosen = ids.map(id => runs.find(run => run.id === id)).filter(run => run !== undefined);
  if (!known)
    return <Loading what="the experiments" />;
  if (chosen.length < 2)
    return <Empty title="Nothing to compare"><p>Choose two or more <Link to="/">experiments</Link>.</p></Empty>;
  return (
    <>
      <p class="crumbs"><Link to="/">Experiments</Link></p>
      <h1>Side by side</h1>
      <ul class="runs side">
        {chosen.map(run => (
          <li class="run" key={run.id}>
            <div class="what">
              <h2><Link to={`/runs/${run.id}`}>{run.name}</Link> <StateBadge state={run.state} /></h2>
              <p class="small">{factsOf(run).join(' · ')}</p>
            </div>
            <BestTicket run={run} />
          </li>
        ))}
      </ul>
      <Figures runs={chosen} />
    </>
  );
}

function Running({ stages }: { stages: RunningStage[] }) {
  return (
    <section aria-label="Running now" class="now">
      {stages.map(stage => (
        <div key={stage.stage} class="stage">
          <div><b>{stage.label}</b><span>{stage.detail}</span></div>
          <Sparkline stage={stage} />
          <Bar fraction={stage.total > 0 ? stage.done / stage.total : 0} label={`Progress of ${stage.label}`} />
        </div>
      ))}
    </section>
  );
}

/** What a running training has reported so far. */
function Sparkline({ stage }: { stage: RunningStage }) {
  const values = stage.points.map(point => point.value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const path = stage.points.map((point, i) => {
    const x = 120 * point.done / Math.max(1, stage.total);
    const y = 26 - 24 * (high > low ? (point.value - low) / (high - low) : 0.5);
    return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
  }).join('');
  return <svg class="spark" viewBox="0 0 120 28" preserveAspectRatio="none" aria-hidden="true"><path d={path} /></svg>;
}

function Figures({ runs }: { runs: RunCard[] }) {
  const [spread, setSpread] = useState(true);
  const [trials, setTrials] = useState(false);
  const [levels, setLevels] = useState('');
  const query = [
    ...runs.map(run => `run=${encodeURIComponent(run.id)}`), `spread=${spread ? 1 : 0}`, `trials=${trials ? 1 : 0}`,
    ...(/^\d{1,5}(,\d{1,5})*$/.test(levels) ? [`levels=${levels}`] : []),
  ].join('&');
  const figures = useAnswer<FigureData[]>(
    `/api/figures?${query}`, runs.map(run => run.results_version).join(' '));
  const [last, setLast] = useState<FigureData[]>([]);
  if (figures.value && figures.value !== last)
    setLast(figures.value); // A switch is answered in a moment: until then the figures stay.
  const drawn = figures.value ?? last;
  return (
    <section aria-label="Figures">
      <h2>Figures</h2>
      <div class="tools">
        <Toggle label="Spread over trials" on={spread} change={setSpread} />
        <Toggle label="Every trial" on={trials} change={setTrials} />
        {runs.length === 1 && (
          <label class="field">Learning curves of levels
            <input type="text" inputMode="numeric" placeholder="as in the paper" value={levels}
              onChange={event => setLevels(event.currentTarget.value.replaceAll(' ', ''))} />
          </label>
        )}
      </div>
      {figures.error && <Failure error={figures.error} again={figures.again} />}
      {!figures.value && last.length === 0 && !figures.error && <Loading what="the figures" />}
      {figures.value?.length === 0 && (
        <p class="state">The figures appear when the first two levels have been trained.</p>
      )}
      <div class="figures">
        {drawn.map(figure => <Figure key={figure.name} figure={figure} links={query} />)}
      </div>
    </section>
  );
}

function Recipe({ run, command, recipe }: { run: RunCard; command: string; recipe?: object }) {
  const base = `/api/runs/${encodeURIComponent(run.id)}`;
  return (
    <section aria-label="Recipe">
      <h2>Recipe</h2>
      {command && <><p>This repeats it, bit for bit:</p><Copy text={command} /></>}
      <p class="links">
        <a href={`${base}/results.csv`} download>results.csv</a>
        <a href={`${base}/summary.json`} download>summary.json</a>
        <a href={`${base}/experiment.json`} download>experiment.json</a>
      </p>
      {recipe && (
        <details>
          <summary>The whole description, with every default</summary>
          <pre tabIndex={0}>{JSON.stringify(recipe, null, 2)}</pre>
        </details>
      )}
    </section>
  );
}
