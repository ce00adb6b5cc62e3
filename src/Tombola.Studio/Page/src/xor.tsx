// A small network learns XOR, is pruned unit by unit, reset, and trained again; each training comes from the engine.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, Complaint } from './api';
import { Failure } from './parts';
import type { XorFrame, XorTrace } from './types';

const SCORES = ['product', 'input-magnitude', 'output-magnitude'];
const STEPS = 10_000;
const PACE = 50;
const [LOW, HIGH] = [-0.25, 1.25];

type Choice = { hidden: number; seed: number; score: string };
type Stage = 'start' | 'trained' | 'pruned';
type Past = { units: number; learnt: boolean; loss: number };

export function XorPlay() {
  const [choice, setChoice] = useState<Choice>({ hidden: 10, seed: 5, score: SCORES[0] });
  const [kept, setKept] = useState<number[]>(() => all(10));
  const [removed, setRemoved] = useState<number[]>([]);
  const [trace, setTrace] = useState<XorTrace>();
  const [stage, setStage] = useState<Stage>('start');
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [past, setPast] = useState<Past[]>([]);
  const [error, setError] = useState<Complaint>();
  const asked = useRef(0);

  const fetchTrace = async (from: Choice, units: number[]): Promise<XorTrace | undefined> => {
    const mine = ++asked.current;
    setError(undefined);
    try {
      const answer = await ask<XorTrace>('/api/playground/xor', { ...from, kept: units, steps: STEPS });
      return mine === asked.current ? answer : undefined;
    } catch (problem) {
      if (problem instanceof Complaint && mine === asked.current)
        setError(problem);
      return undefined;
    }
  };

  // A fresh network whenever the choice changes, shown before its first step.
  useEffect(() => {
    const units = all(choice.hidden);
    [setKept(units), setRemoved([]), setStage('start'), setAt(0), setPlaying(false), setPast([])];
    void fetchTrace(choice, units).then(answer => answer && setTrace(answer));
  }, [choice]);

  useEffect(() => {
    if (!playing || !trace)
      return;
    if (at >= trace.frames.length - 1) {
      setPlaying(false);
      setStage('trained');
      setPast([...past, {
        units: kept.length, learnt: trace.learnt, loss: trace.frames[trace.frames.length - 1].loss,
      }]);
      return;
    }
    const timer = setTimeout(() => setAt(at + 1), PACE);
    return () => clearTimeout(timer);
  }, [playing, at, trace]);

  const prune = () => {
    // The least score goes; of equal ones the first, as in experiments.
    const least = trace!.scores.indexOf(Math.min(...trace!.scores));
    setRemoved([...removed, kept[least]]);
    setKept(kept.filter((_, i) => i !== least));
    setStage('pruned');
  };
  const reset = async () => {
    const answer = await fetchTrace(choice, kept);
    if (answer)
      [setTrace(answer), setAt(0), setStage('start')];
  };
  const frame = trace?.frames[at];
  return (
    <>
      <p class="lead">Train a small network, take its weakest unit away, put the others back to where they began, and
        train again. Networks as small from the start learn it far less often.</p>
      <div class="tools">
        <label class="field">Hidden units
          <input type="number" min={2} max={16} value={choice.hidden} onChange={event => {
            const hidden = Math.max(2, Math.min(16, Number(event.currentTarget.value) || 2));
            event.currentTarget.value = `${hidden}`;
            setChoice({ ...choice, hidden });
          }} />
        </label>
        <label class="field">Rank units by
          <select value={choice.score} onChange={event => setChoice({ ...choice, score: event.currentTarget.value })}>
            {SCORES.map(score => <option key={score} value={score}>{score}</option>)}
          </select>
        </label>
        <label class="field">Seed
          <input type="number" min={0} max={99999} value={choice.seed} onChange={event => {
            const seed = Math.max(0, Math.min(99_999, Math.round(Number(event.currentTarget.value)) || 0));
            setChoice({ ...choice, seed });
          }} />
        </label>
        <button type="button" onClick={() => setChoice({ ...choice, seed: choice.seed + 1 })}>Another network</button>
      </div>
      <div class="tools" role="group" aria-label="Steps">
        <button type="button" class={stage === 'start' && !playing ? 'primary' : ''}
          disabled={!trace || stage !== 'start'} onClick={() => setPlaying(!playing)}>
          {playing ? 'Pause' : past.length > 0 ? 'Train again' : 'Train'}
        </button>
        <button type="button" class={stage === 'trained' ? 'primary' : ''}
          disabled={stage !== 'trained' || kept.length < 2} onClick={prune}>Prune the weakest unit</button>
        <button type="button" class={stage === 'pruned' ? 'primary' : ''} disabled={stage !== 'pruned'}
          onClick={() => void reset()}>Reset the others</button>
        {trace && (
          <label class="field range-field">Step {frame?.step ?? 0}
            <input type="range" min={0} max={trace.frames.length - 1} value={at} disabled={playing}
              onInput={event => setAt(Number(event.currentTarget.value))} />
          </label>
        )}
      </div>
      {error && <Failure error={error} again={() => setChoice({ ...choice })} />}
      <div class="xor">
        <Plane frame={stage === 'pruned' ? undefined : frame} loading={!trace} />
        <div>
          <Network frame={frame} kept={kept} removed={removed} pruned={stage === 'pruned'} hidden={choice.hidden} />
          <p class="facts" role="status">
            <span><b>{kept.length}</b> {kept.length === 1 ? 'unit' : 'units'}</span>
            {frame && stage !== 'pruned' && <span><b>{frame.loss.toFixed(4)}</b> loss</span>}
            {stage === 'trained' && (
              <span class={trace!.learnt ? 'good' : 'bad'}>{trace!.learnt ? 'learnt XOR' : 'did not learn XOR'}</span>
            )}
          </p>
          {past.length > 0 && (
            <table class="past">
              <thead><tr><th scope="col">units</th><th scope="col">loss</th><th scope="col">learnt</th></tr></thead>
              <tbody>
                {past.map((one, i) => (
                  <tr key={i}><th scope="row">{one.units}</th><td>{one.loss.toFixed(4)}</td>
                    <td class={one.learnt ? 'winning' : 'losing'}>{one.learnt ? 'yes' : 'no'}</td></tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      </div>
    </>
  );
}

const all = (count: number) => Array.from({ length: count }, (_, i) => i);

/** What the network answers over the plane, with the four points that it learns from. */
function Plane({ frame, loading }: { frame?: XorFrame; loading: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!frame)
      return;
    const field = Uint8Array.from(atob(frame.field), char => char.charCodeAt(0));
    const side = Math.round(Math.sqrt(field.length));
    const small = document.createElement('canvas');
    [small.width, small.height] = [side, side];
    const image = new ImageData(side, side);
    for (let i = 0; i < field.length; i++) {
      // Orange for 1, blue for 0, pale in between; the second input grows upwards.
      const place = 4 * ((side - 1 - Math.floor(i / side)) * side + i % side);
      const strength = Math.abs(field[i] - 127.5) / 127.5;
      const colour = field[i] > 127.5 ? [233, 119, 34] : [0, 114, 178];
      for (let c = 0; c < 3; c++)
        image.data[place + c] = 245 + (colour[c] - 245) * strength;
      image.data[place + 3] = 255;
    }
    small.getContext('2d')!.putImageData(image, 0, 0);
    const context = canvas.current!.getContext('2d')!;
    context.imageSmoothingEnabled = true;
    context.drawImage(small, 0, 0, canvas.current!.width, canvas.current!.height);
    canvas.current!.dataset.step = `${frame.step}`;
  }, [frame]);
  const place = (value: number) => 100 * (value - LOW) / (HIGH - LOW);
  const points = [[0, 0], [0, 1], [1, 0], [1, 1]];
  const answers = frame?.probabilities.map(p => p.toFixed(2)) ?? [];
  return (
    <div class={`plane ${frame ? '' : 'empty-plane'}`}>
      <canvas ref={canvas} width={480} height={480} role="img" aria-label={frame
        ? `Decision boundary. The network answers ${answers.join(', ')} to 00, 01, 10 and 11.`
        : 'The plane of both inputs'} />
      {points.map(([x, y], i) => (
        <span key={i} class={`point ${x !== y ? 'one' : 'zero'}`}
          style={{ left: `${place(x)}%`, top: `${100 - place(y)}%` }}>{x !== y ? 1 : 0}
          {frame && <small>{answers[i]}</small>}
        </span>
      ))}
      {!frame && <p>{loading ? 'Loading …' : 'The unit is gone. Reset the others to their first weights.'}</p>}
    </div>
  );
}

type NetworkProps = { frame?: XorFrame; kept: number[]; removed: number[]; pruned: boolean; hidden: number };

/** Inputs, hidden units and the output; the wider a line, the larger its weight. */
function Network({ frame, kept, removed, pruned, hidden }: NetworkProps) {
  // Just after pruning the frame still has the unit that has gone.
  const shown = pruned ? [...kept, removed[removed.length - 1]].sort((a, b) => a - b) : kept;
  const x = (unit: number) => 20 + 280 * (hidden > 1 ? unit / (hidden - 1) : 0.5);
  const line = (weight: number) => ({
    stroke: weight > 0 ? 'var(--orange)' : 'var(--blue)', 'stroke-width': Math.min(6, 0.4 + 1.1 * Math.abs(weight)),
  });
  return (
    <svg class="network" viewBox="0 0 320 190" role="img"
      aria-label={`Network of ${kept.length} hidden units; ${removed.length} were pruned.`}>
      {all(hidden).map(unit => {
        const place = shown.indexOf(unit);
        const weights = place >= 0 ? frame?.units[place] : undefined;
        const gone = !kept.includes(unit);
        return (
          <g key={unit} class={gone ? 'gone' : ''}>
            {weights && !gone && (
              <>
                <line x1={110} y1={168} x2={x(unit)} y2={95} {...line(weights.first)} />
                <line x1={210} y1={168} x2={x(unit)} y2={95} {...line(weights.second)} />
                <line x1={x(unit)} y1={95} x2={160} y2={22} {...line(weights.out)} />
              </>
            )}
            <circle cx={x(unit)} cy={95} r={8} />
          </g>
        );
      })}
      <circle cx={160} cy={22} r={9} class="end" />
      <circle cx={110} cy={168} r={9} class="end" /><circle cx={210} cy={168} r={9} class="end" />
    </svg>
  );
}
