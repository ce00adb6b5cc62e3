// The list of experiments: all in the store, those running first.
import { useState } from 'preact/hooks';
import { useStore } from './live';
import { Copy, Empty, Loading, Progress, StateBadge } from './parts';
import { go, Link } from './router';
import type { RunCard } from './types';
import { ago, percent, whole } from './words';

const ORDERS: Record<string, { name: string; compare: (a: RunCard, b: RunCard) => number }> = {
  latest: { name: 'latest first', compare: (a, b) => b.updated.localeCompare(a.updated) },
  name: { name: 'by name', compare: (a, b) => a.id.localeCompare(b.id) },
  density: { name: 'smallest ticket first', compare: (a, b) => (a.best?.density ?? 2) - (b.best?.density ?? 2) },
  accuracy: {
    name: 'most accurate ticket first', compare: (a, b) => (b.best?.accuracy ?? -1) - (a.best?.accuracy ?? -1),
  },
};
const FILTERS: Record<string, (run: RunCard) => boolean> = {
  all: () => true,
  running: run => run.state === 'running',
  winning: run => run.best?.verdict === 'winning',
  problems: run => run.state === 'failed' || run.state === 'stalled' || run.state === 'interrupted',
};

export function ExperimentsPage() {
  const { runs, known } = useStore();
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState('latest');
  const [filter, setFilter] = useState('all');
  const [chosen, setChosen] = useState<string[]>([]);
  if (!known)
    return <Loading what="the experiments" />;
  if (runs.length === 0)
    return <NoRuns />;
  const words = search.toLowerCase().split(/\s+/);
  const shown = runs.filter(FILTERS[filter])
    .filter(run => words.every(word =>
      `${run.id} ${run.description} ${run.model} ${run.data}`.toLowerCase().includes(word)))
    .sort((a, b) => Number(b.state === 'running') - Number(a.state === 'running') || ORDERS[order].compare(a, b));
  const choose = (id: string, on: boolean) => setChosen(on ? [...chosen, id] : chosen.filter(other => other !== id));
  return (
    <>
      <h1>Experiments</h1>
      <div class="tools" role="search">
        <input type="search" placeholder="Search" aria-label="Search experiments" value={search}
          onInput={event => setSearch(event.currentTarget.value)} />
        <select aria-label="Which experiments" value={filter} onChange={event => setFilter(event.currentTarget.value)}>
          {Object.keys(FILTERS).map(name => <option key={name} value={name}>{name}</option>)}
        </select>
        <select aria-label="Order" value={order} onChange={event => setOrder(event.currentTarget.value)}>
          {Object.entries(ORDERS).map(([key, { name }]) => <option key={key} value={key}>{name}</option>)}
        </select>
        <button type="button" class="primary" disabled={chosen.length < 2}
          onClick={() => go(`/compare?${chosen.map(id => `run=${encodeURIComponent(id)}`).join('&')}`)}>
          Compare{chosen.length > 0 && ` ${chosen.length}`}
        </button>
      </div>
      {shown.length === 0 && <p class="state">No experiment fits.</p>}
      <ul class="runs">
        {shown.map(run => (
          <RunRow key={run.id} run={run} chosen={chosen.includes(run.id)} choose={on => choose(run.id, on)} />
        ))}
      </ul>
    </>
  );
}

function NoRuns() {
  return (
    <Empty title="No experiment yet">
      <p>Find your first winning tickets, in less than a minute:</p>
      <Copy text="tombola run quickstart" />
      <p>They appear here while they are computed.</p>
    </Empty>
  );
}

function RunRow({ run, chosen, choose }: { run: RunCard; chosen: boolean; choose: (on: boolean) => void }) {
  const comparable = run.kind === 'tickets' && !run.problem;
  return (
    <li class="run">
      <input type="checkbox" aria-label={`Choose ${run.id} to compare`} checked={chosen} disabled={!comparable}
        onChange={event => choose(event.currentTarget.checked)} />
      <div class="what">
        <h2><Link to={`/runs/${run.id}`}>{run.name}</Link> <StateBadge state={run.state} /></h2>
        <p>{run.description}</p>
        <p class="small">{factsOf(run).join(' · ')} · {ago(run.updated)}</p>
        {run.problem && <p class="failure">{run.problem}</p>}
        <Progress run={run} />
      </div>
      <BestTicket run={run} />
    </li>
  );
}

export function factsOf(run: RunCard): string[] {
  return [
    run.model && `${run.model} on ${run.data}`,
    run.variants > 1 && `${run.variants} variants`,
    run.trials > 0 && `${whole(run.trials)} ${run.trials === 1 ? 'trial' : 'trials'}`,
    run.levels > 0 && `${run.levels} levels`,
    run.id,
  ].filter(fact => typeof fact === 'string' && fact.length > 0) as string[];
}

export function BestTicket({ run }: { run: RunCard }) {
  const best = run.best;
  if (!best) {
    const text = run.kind !== 'tickets' ? '' : run.state === 'running' ? 'no ticket yet' : 'no winning ticket';
    return <div class="best none">{text}</div>;
  }
  const change = run.dense_accuracy === undefined ? undefined : 100 * (best.accuracy - run.dense_accuracy);
  return (
    <div class={`best ${best.verdict}`}>
      <b>{percent(best.density)}</b>
      <span>{best.verdict} ticket, level {best.level}</span>
      <span>
        accuracy {percent(best.accuracy, 2)}
        {change !== undefined && ` (${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(2)} points)`}
      </span>
    </div>
  );
}
