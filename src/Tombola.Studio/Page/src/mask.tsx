// A mask as a picture that can be moved and enlarged: a row an output, a column an input; survivors are coloured.
import { useEffect, useRef, useState } from 'preact/hooks';
import { askBytes, Complaint } from './api';
import { pyramid, unpack } from './bits';
import { Failure, Loading } from './parts';
import type { Layer } from './types';
import { percent, whole } from './words';

type View = { scale: number; x: number; y: number };
type Picture = { width: number; height: number; bits: Uint8Array; sizes: HTMLCanvasElement[] };

const MOST = 48;
const dark = window.matchMedia('(prefers-color-scheme: dark)');

function paint(layer: Layer, bits: Uint8Array): Picture {
  const height = layer.shape[0];
  const width = layer.weights / height;
  const [ink, paper] = dark.matches ? [[255, 138, 76], [27, 30, 36]] : [[196, 62, 8], [255, 255, 255]];
  const sizes = pyramid({ width, height, shares: unpack(bits, layer.weights) }).map(level => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [level.width, level.height];
    const image = new ImageData(level.width, level.height);
    const pixels = new Uint32Array(image.data.buffer);
    // Few survivors must be seen too: the square root lifts them.
    const colours = Uint32Array.from({ length: 256 }, (_, share) => {
      const part = Math.sqrt(share / 255);
      const [r, g, b] = ink.map((value, i) => Math.round(value * part + paper[i] * (1 - part)));
      return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
    });
    for (let i = 0; i < pixels.length; i++)
      pixels[i] = colours[level.shares[i]];
    canvas.getContext('2d')!.putImageData(image, 0, 0);
    return canvas;
  });
  return { width, height, bits, sizes };
}

function draw(canvas: HTMLCanvasElement, picture: Picture, view: View) {
  const context = canvas.getContext('2d')!;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  // The smallest size that is still as large as what is drawn.
  const size = Math.max(0, Math.min(picture.sizes.length - 1, Math.floor(Math.log2(1 / view.scale))));
  const source = picture.sizes[size];
  context.imageSmoothingEnabled = view.scale < 1;
  context.imageSmoothingQuality = 'medium';
  context.drawImage(source, view.x, view.y, picture.width * view.scale, picture.height * view.scale);
}

export function MaskView({ address, layer }: { address: string; layer: Layer }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [picture, setPicture] = useState<Picture>();
  const [error, setError] = useState<Complaint>();
  const [view, setView] = useState<View>();
  const [size, setSize] = useState<[number, number]>([0, 0]);
  const [under, setUnder] = useState('');
  const pointers = useRef(new Map<number, { x: number; y: number }>());

  useEffect(() => {
    const stop = new AbortController();
    let bits: Uint8Array | undefined;
    const show = () => bits && setPicture(paint(layer, bits));
    askBytes(address, stop.signal).then(
      found => {
        bits = found;
        show();
      },
      (problem: unknown) => problem instanceof Complaint && setError(problem));
    dark.addEventListener('change', show);
    return () => {
      stop.abort();
      dark.removeEventListener('change', show);
    };
  }, [address]);

  useEffect(() => {
    const element = canvas.current;
    if (!element || !picture)
      return;
    const sizes = new ResizeObserver(() => {
      const density = window.devicePixelRatio || 1;
      const width = Math.round(element.clientWidth * density);
      const height = Math.round(element.clientHeight * density);
      [element.width, element.height] = [width, height];
      setSize([width, height]);
    });
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [picture !== undefined]);

  const fit = (): View => {
    const [width, height] = size;
    const scale = Math.min(width / picture!.width, height / picture!.height, MOST);
    return { scale, x: (width - picture!.width * scale) / 2, y: (height - picture!.height * scale) / 2 };
  };
  const shown = picture && size[0] > 0 ? view ?? fit() : undefined;

  useEffect(() => {
    if (!picture || !shown || !canvas.current)
      return;
    const frame = requestAnimationFrame(() => {
      draw(canvas.current!, picture, shown);
      canvas.current!.dataset.scale = shown.scale.toFixed(4);
    });
    return () => cancelAnimationFrame(frame);
  }, [picture, shown?.scale, shown?.x, shown?.y, size[0], size[1]]);

  const zoom = (factor: number, x = size[0] / 2, y = size[1] / 2) => {
    const scale = Math.max(Math.min(fit().scale, 1) / 2, Math.min(MOST, shown!.scale * factor));
    const grown = scale / shown!.scale;
    setView({ scale, x: x - (x - shown!.x) * grown, y: y - (y - shown!.y) * grown });
  };
  const move = (dx: number, dy: number) => setView({ ...shown!, x: shown!.x + dx, y: shown!.y + dy });
  const place = (event: MouseEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    const density = canvas.current!.width / box.width;
    return { x: (event.clientX - box.left) * density, y: (event.clientY - box.top) * density };
  };

  // Wheel listeners that keep the page still cannot be passive, as those of the framework may be.
  useEffect(() => {
    const element = canvas.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { x, y } = place(event);
      zoom(Math.exp(-event.deltaY / 400), x, y);
    };
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  });

  const drag = (event: PointerEvent) => {
    const now = place(event);
    const before = pointers.current.get(event.pointerId);
    if (!before) {
      setUnder(describe(layer, picture!, shown!, now));
      return;
    }
    const others = [...pointers.current].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    if (others.length === 0) {
      move(now.x - before.x, now.y - before.y);
    } else {
      const far = (at: { x: number; y: number }) => Math.hypot(at.x - others[0].x, at.y - others[0].y) + 1;
      zoom(far(now) / far(before), others[0].x, others[0].y);
    }
    pointers.current.set(event.pointerId, now);
  };
  const keys: Record<string, () => void> = {
    '+': () => zoom(1.5), '=': () => zoom(1.5), '-': () => zoom(1 / 1.5), '0': () => setView(undefined),
    ArrowLeft: () => move(60, 0), ArrowRight: () => move(-60, 0), ArrowUp: () => move(0, 60),
    ArrowDown: () => move(0, -60),
  };

  if (error)
    return <Failure error={error} />;
  if (!picture)
    return <Loading what={`the mask of ${layer.name}`} />;
  return (
    <div class="mask">
      <canvas ref={canvas} tabIndex={0} role="img" style={{ aspectRatio: `${picture.width} / ${picture.height}` }}
        aria-label={`Mask of ${layer.name}: ${whole(layer.survivors)} of ${whole(layer.weights)} weights survive. `
          + 'Plus and minus enlarge and shrink, arrows move, zero shows all.'}
        onPointerDown={event => {
          pointers.current.set(event.pointerId, place(event));
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={shown && drag}
        onPointerUp={event => void pointers.current.delete(event.pointerId)}
        onPointerCancel={event => void pointers.current.delete(event.pointerId)}
        onPointerLeave={() => setUnder('')}
        onKeyDown={event => {
          if (shown && keys[event.key]) {
            event.preventDefault();
            keys[event.key]();
          }
        }} />
      <div class="tools">
        <button type="button" aria-label="Enlarge" onClick={() => zoom(1.5)}>+</button>
        <button type="button" aria-label="Shrink" onClick={() => zoom(1 / 1.5)}>−</button>
        <button type="button" onClick={() => setView(undefined)}>All</button>
        <span class="small">
          {under || `${layer.shape.join(' × ')}, ${percent(layer.survivors / layer.weights)} survive; a row is an `
            + 'output, a column an input'}
        </span>
      </div>
    </div>
  );
}

function describe(layer: Layer, picture: Picture, view: View, at: { x: number; y: number }): string {
  const column = Math.floor((at.x - view.x) / view.scale);
  const row = Math.floor((at.y - view.y) / view.scale);
  if (column < 0 || row < 0 || column >= picture.width || row >= picture.height)
    return '';
  const index = row * picture.width + column;
  const survives = (picture.bits[index >> 3] >> (index & 7)) & 1;
  const taps = layer.shape.slice(2).reduce((product, extent) => product * extent, 1);
  const input = taps > 1 ? `${Math.floor(column / taps)}, tap ${column % taps}` : `${column}`;
  return `output ${row}, input ${input}: ${survives ? 'survives' : 'pruned'}`;
}
