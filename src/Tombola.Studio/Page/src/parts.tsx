// Parts that several pages have: states of loading, emptiness and error, progress, copying.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Complaint } from './api';
import type { RunCard, RunState } from './types';
import { duration } from './words';

export function Loading({ what }: { what: string }) {
  return <p class="state" role="status"><span class="spinner" aria-hidden="true" />Loading {what} …</p>;
}

export function Failure({ error, again }: { error: Complaint; again?: () => void }) {
  return (
    <div class="state failure" role="alert">
      <p>{error.message}</p>
      {again && <button type="button" onClick={again}>Try again</button>}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children: ComponentChildren }) {
  return <div class="state empty"><Wheel /><h2>{title}</h2>{children}</div>;
}

/** A drum with a few balls, one of them the winner. */
export function Wheel() {
  return (
    <svg class="wheel" viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="21" fill="none" stroke="currentColor" stroke-width="2.5" opacity=".35" />
      <circle cx="17" cy="29" r="4.5" fill="currentColor" opacity=".3" />
      <circle cx="28" cy="33" r="4.5" fill="currentColor" opacity=".3" />
      <circle cx="32" cy="22" r="4.5" fill="currentColor" opacity=".3" />
      <circle cx="20" cy="17" r="5.5" fill="var(--win)" />
    </svg>
  );
}

const STATES: Record<RunState, string> = {
  running: 'running', finished: 'finished', interrupted: 'interrupted', failed: 'failed', stalled: 'silent',
};

export function StateBadge({ state }: { state: RunState }) {
  const title = state === 'stalled' ? 'It was computed, but has not been heard of for a while.' : undefined;
  return <span class={`badge ${state}`} title={title}>{STATES[state]}</span>;
}

export function Progress({ run }: { run: RunCard }) {
  const status = run.status;
  if (!status || run.state === 'finished')
    return null;
  const left = run.state === 'running' && status.seconds_left !== undefined
    ? `${duration(status.seconds_left)} left`
    : '';
  return (
    <div class="progress">
      <Bar fraction={status.fraction} label={`Progress of ${run.name}`} />
      <span>{status.ended} of {status.trainings} trainings{left && ` · ${left}`}</span>
    </div>
  );
}

export function Bar({ fraction, label }: { fraction: number; label: string }) {
  return (
    <div class="bar" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100}
      aria-valuenow={Math.round(100 * fraction)}>
      <div style={{ width: `${100 * fraction}%` }} />
    </div>
  );
}

export function Copy({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(text).then(() => {
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  }, () => undefined);
  return (
    <div class="command">
      <code>{text}</code>
      <button type="button" onClick={copy} aria-live="polite">{copied ? 'Copied' : 'Copy'}</button>
    </div>
  );
}

export function Toggle({ label, on, change }: { label: string; on: boolean; change: (on: boolean) => void }) {
  return (
    <label class="toggle">
      <input type="checkbox" checked={on} onChange={event => change(event.currentTarget.checked)} />{label}
    </label>
  );
}
