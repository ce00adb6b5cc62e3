// Asks the server. Every failure becomes a Complaint with one line for people.
import { useEffect, useRef, useState } from 'preact/hooks';

export class Complaint extends Error {
  constructor(message: string, readonly status: number) {
    super(message);
  }
}

export async function ask<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await request(path, body, signal);
  return await response.json() as T;
}

export async function askBytes(path: string, signal?: AbortSignal): Promise<Uint8Array> {
  const response = await request(path, undefined, signal);
  return new Uint8Array(await response.arrayBuffer());
}

async function request(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, body === undefined
      ? { signal }
      : { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' }, signal });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError')
      throw error;
    throw new Complaint('Tombola Studio does not answer. Is it still running?', 0);
  }
  if (!response.ok) {
    const reason = await response.json().then((said: { error?: string }) => said.error, () => undefined);
    throw new Complaint(reason ?? `The server answered ${response.status}.`, response.status);
  }
  return response;
}

export type Answer<T> = { value?: T; error?: Complaint; again: () => void };

/** Asks whenever the path or the version changes; what was known stays until the new answer is there. */
export function useAnswer<T>(path: string | null, version = ''): Answer<T> {
  const [state, setState] = useState<{ path: string | null; value?: T; error?: Complaint }>({ path });
  const [attempt, setAttempt] = useState(0);
  const current = useRef(path);
  current.current = path;
  useEffect(() => {
    if (path === null)
      return;
    const stop = new AbortController();
    ask<T>(path, undefined, stop.signal).then(
      value => setState({ path, value }),
      (error: unknown) => {
        if (error instanceof Complaint)
          setState(before => ({ path, value: before.path === path ? before.value : undefined, error }));
      });
    return () => stop.abort();
  }, [path, version, attempt]);
  const known = state.path === path;
  return {
    value: known ? state.value : undefined, error: known ? state.error : undefined,
    again: () => setAttempt(attempt + 1),
  };
}
