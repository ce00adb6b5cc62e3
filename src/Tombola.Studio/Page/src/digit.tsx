// Draw a digit; the dense network and a ticket of the same run read it, side by side.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, Complaint, useAnswer } from './api';
import { centred, SIDE } from './ink';
import { Copy, Empty, Failure, Loading } from './parts';
import type { DigitAnswer, DigitNetwork, DigitReading } from './types';
import { microseconds, percent, whole } from './words';

const PAD = 280;
const PEN = 20;
const WAIT = 60;

export function DigitPlay() {
  const networks = useAnswer<DigitNetwork[]>('/api/playground/networks');
  const [chosen, setChosen] = useState('');
  const [level, setLevel] = useState<number>();
  const [pixels, setPixels] = useState<Uint8Array>();
  if (networks.error && !networks.value)
    return <Failure error={networks.error} again={networks.again} />;
  if (!networks.value)
    return <Loading what="the networks" />;
  if (networks.value.length === 0) {
    return (
      <Empty title="No network reads digits yet">
        <p>This finds some tickets that do, in less than a minute:</p>
        <Copy text="tombola run quickstart" />
        <button type="button" onClick={networks.again}>Look again</button>
      </Empty>
    );
  }
  const network = networks.value.find(one => one.id === chosen) ?? networks.value[0];
  const tickets = network.tickets.filter(ticket => ticket.level > 0);
  const ticket = tickets.find(one => one.level === level) ?? tickets[tickets.length - 1];
  return (
    <>
      <p class="lead">Draw a digit with the mouse or a finger. The dense network and its ticket read it at once.</p>
      <div class="tools">
        <label class="field">Networks of
          <select value={network.id} onChange={event => setChosen(event.currentTarget.value)}>
            {networks.value.map(one => <option key={one.id} value={one.id}>{one.id}</option>)}
          </select>
        </label>
        <label class="field range-field">Ticket of level {ticket.level}, {percent(ticket.density)}
          <input type="range" min={0} max={tickets.length - 1} value={tickets.indexOf(ticket)}
            aria-valuetext={`level ${ticket.level}, ${percent(ticket.density)} of the weights`}
            onInput={event => setLevel(tickets[Number(event.currentTarget.value)].level)} />
        </label>
      </div>
      <div class="digit">
        <Pad change={setPixels} />
        <Readings run={network.id} stage={ticket.stage} density={ticket.density} pixels={pixels} />
      </div>
    </>
  );
}

function Pad({ change }: { change: (pixels?: Uint8Array) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<[number, number]>();
  const sample = useRef(0);
  const [error, setError] = useState<Complaint>();
  const read = () => {
    const context = canvas.current!.getContext('2d', { willReadFrequently: true })!;
    change(centred(context.getImageData(0, 0, PAD, PAD)));
  };
  const clear = () => {
    canvas.current!.getContext('2d', { willReadFrequently: true })!.clearRect(0, 0, PAD, PAD);
    change(undefined);
  };
  const place = (event: PointerEvent): [number, number] => {
    const box = canvas.current!.getBoundingClientRect();
    return [PAD * (event.clientX - box.left) / box.width, PAD * (event.clientY - box.top) / box.height];
  };
  const stroke = (event: PointerEvent) => {
    if (!last.current)
      return;
    const context = canvas.current!.getContext('2d', { willReadFrequently: true })!;
    const to = place(event);
    [context.lineWidth, context.lineCap, context.strokeStyle] = [PEN, 'round', '#fff'];
    context.beginPath();
    context.moveTo(...last.current);
    context.lineTo(...to);
    context.stroke();
    last.current = to;
    read();
  };
  const draw = async () => {
    // Another one each time, in an order that looks like none.
    sample.current = (sample.current + 7_919) % 10_000;
    try {
      setError(undefined);
      const { pixels } = await ask<{ pixels: string }>(`/api/playground/sample/${sample.current}`);
      const bytes = Uint8Array.from(atob(pixels), char => char.charCodeAt(0));
      const small = document.createElement('canvas');
      [small.width, small.height] = [SIDE, SIDE];
      const image = new ImageData(SIDE, SIDE);
      for (let i = 0; i < bytes.length; i++)
        image.data.set([255, 255, 255, bytes[i]], 4 * i);
      small.getContext('2d')!.putImageData(image, 0, 0);
      clear();
      canvas.current!.getContext('2d', { willReadFrequently: true })!.drawImage(small, 0, 0, PAD, PAD);
      change(bytes);
    } catch (problem) {
      if (problem instanceof Complaint)
        setError(problem);
    }
  };
  return (
    <div class="pad">
      <canvas ref={canvas} width={PAD} height={PAD} role="img" aria-label="Draw a digit here with a mouse or a finger"
        onPointerDown={event => {
          event.currentTarget.setPointerCapture(event.pointerId);
          last.current = place(event);
          stroke(event);
        }}
        onPointerMove={stroke} onPointerUp={() => { last.current = undefined; }}
        onPointerCancel={() => { last.current = undefined; }} />
      <div class="tools">
        <button type="button" onClick={clear}>Clear</button>
        <button type="button" onClick={() => void draw()}>Draw one for me</button>
      </div>
      {error && <Failure error={error} />}
    </div>
  );
}

type ReadingsProps = { run: string; stage: string; density: number; pixels?: Uint8Array };

function Readings({ run, stage, density, pixels }: ReadingsProps) {
  const [answer, setAnswer] = useState<DigitAnswer>();
  const [error, setError] = useState<Complaint>();
  useEffect(() => {
    if (!pixels) {
      setAnswer(undefined);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const text = btoa(String.fromCharCode(...pixels));
      ask<DigitAnswer>('/api/playground/digit', { run, stage, pixels: text }, stop.signal).then(
        read => {
          setAnswer(read);
          setError(undefined);
        },
        (problem: unknown) => problem instanceof Complaint && setError(problem));
    }, WAIT);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [run, stage, pixels]);
  return (
    <div class="readings">
      {error && <Failure error={error} />}
      <Reading title="Dense network" reading={answer?.dense} />
      <Reading title={`Ticket, ${percent(density)}`} reading={answer?.ticket} />
    </div>
  );
}

function Reading({ title, reading }: { title: string; reading?: DigitReading }) {
  const probabilities = reading?.probabilities ?? new Array<number>(10).fill(0);
  const best = probabilities.indexOf(Math.max(...probabilities));
  return (
    <section class="reading" aria-label={title}>
      <h2>{title}</h2>
      <p class="answer" role="status">{reading ? best : '?'}</p>
      <div class="bars" aria-hidden="true">
        {probabilities.map((p, digit) => (
          <div key={digit} class={reading && digit === best ? 'best-digit' : ''}>
            <span>{digit}</span>
            <i><b style={{ width: `${100 * p}%` }} /></i>
            <small>{reading ? percent(p, 0) : ''}</small>
          </div>
        ))}
      </div>
      <p class="small">{reading
        ? `${whole(reading.weights)} weights · ${microseconds(reading.microseconds)} an answer`
        : 'waits for a digit'}</p>
    </section>
  );
}
