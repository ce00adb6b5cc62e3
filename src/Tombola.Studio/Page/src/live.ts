// Keeps the runs of the store, told by the server as they change; reconnects by itself.
import { useEffect, useState } from 'preact/hooks';
import type { RunCard } from './types';

export type Store = { runs: RunCard[]; known: boolean; connected: boolean };

const SILENCE = 25_000;
const RETRY = 1_000;

let store: Store = { runs: [], known: false, connected: false };
let source: EventSource | undefined;
let lastHeard = 0;
const listeners = new Set<() => void>();

function change(next: Partial<Store>) {
  store = { ...store, ...next };
  for (const listener of listeners)
    listener();
}

function sorted(runs: RunCard[]): RunCard[] {
  return [...runs].sort((a, b) => b.updated.localeCompare(a.updated) || a.id.localeCompare(b.id));
}

function heard(event: Event): RunCard[] {
  lastHeard = Date.now();
  return (JSON.parse((event as MessageEvent<string>).data) as { cards: RunCard[] }).cards;
}

function connect() {
  source?.close();
  lastHeard = Date.now();
  source = new EventSource('/api/events');
  source.addEventListener('runs', event => change({ runs: sorted(heard(event)), known: true, connected: true }));
  source.addEventListener('run', event => {
    const cards = heard(event);
    const rest = store.runs.filter(run => !cards.some(card => card.id === run.id));
    change({ runs: sorted([...rest, ...cards]), connected: true });
  });
  source.addEventListener('beat', event => {
    heard(event);
    if (!store.connected)
      change({ connected: true });
  });
  source.addEventListener('error', () => {
    change({ connected: false });
    // A browser gives up where the answer was an error; the server may be back in a moment all the same.
    if (source?.readyState === EventSource.CLOSED)
      setTimeout(connect, RETRY);
  });
}

/** Begins to listen; called once. */
export function listen() {
  connect();
  setInterval(() => {
    if (Date.now() - lastHeard > SILENCE) {
      change({ connected: false });
      connect();
    }
  }, 5_000);
}

export function useStore(): Store {
  const [, redraw] = useState(0);
  useEffect(() => {
    const listener = () => redraw(count => count + 1);
    listeners.add(listener);
    listener();
    return () => void listeners.delete(listener);
  }, []);
  return store;
}

export function useRun(id: string): RunCard | undefined {
  return useStore().runs.find(run => run.id === id);
}
