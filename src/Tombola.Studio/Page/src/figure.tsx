// Draws a figure from its Vega-Lite specification, which is the one that reports draw too.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Result } from 'vega-embed';
import type { FigureData } from './types';

const LEGEND = 64;
const dark = window.matchMedia('(prefers-color-scheme: dark)');

export function theme() {
  const style = getComputedStyle(document.documentElement);
  const [ink, faint] = [style.getPropertyValue('--ink').trim(), style.getPropertyValue('--line').trim()];
  const text = { labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal' };
  return {
    background: 'transparent',
    font: style.fontFamily,
    view: { stroke: null },
    axis: { ...text, gridColor: faint, domainColor: faint, tickColor: faint },
    legend: {
      ...text, orient: 'top', symbolStrokeWidth: 2, symbolOpacity: 1, columns: 3,
      layout: { top: { direction: 'vertical' } },
    },
    rule: { color: ink },
    point: { color: ink },
    text: { color: ink },
  };
}

async function draw(target: HTMLElement, figure: FigureData): Promise<Result> {
  // The library is large, so it is loaded when the first figure is drawn.
  const [{ default: embed }, { expressionInterpreter }] = await Promise.all([
    import('vega-embed'), import('vega-interpreter'),
  ]);
  const aspect = (figure.specification.usermeta as { aspect?: number } | undefined)?.aspect;
  const width = Math.min(900, target.clientWidth);
  const height = Math.round(aspect ? LEGEND + width / aspect : Math.max(240, Math.min(380, width / 2)));
  // Without the interpreter Vega compiles expressions, which the page's security policy forbids.
  const result = await embed(target, { ...figure.specification, width, height } as never, {
    ast: true, expr: expressionInterpreter as never, renderer: 'svg', actions: false, config: theme() as never,
  });
  const svg = target.querySelector('svg');
  svg?.setAttribute('role', 'img');
  svg?.setAttribute('aria-label', figure.title);
  return result;
}

type Props = { figure: FigureData; links?: string };

/** A figure with its caption; `links` is what its downloads are asked with. */
export function Figure({ figure, links }: Props) {
  const target = useRef<HTMLDivElement>(null);
  const view = useRef<Result>();
  const drawn = useRef('');
  const [problem, setProblem] = useState('');
  const [width, setWidth] = useState(0);
  const [isDark, setDark] = useState(dark.matches);

  useEffect(() => {
    const sizes = new ResizeObserver(entries => setWidth(Math.round(entries[0].contentRect.width)));
    sizes.observe(target.current!);
    const shade = () => setDark(dark.matches);
    dark.addEventListener('change', shade);
    return () => {
      sizes.disconnect();
      dark.removeEventListener('change', shade);
      view.current?.finalize();
    };
  }, []);

  useEffect(() => {
    const key = `${width} ${isDark} ${JSON.stringify(figure.specification)}`;
    if (width === 0 || key === drawn.current)
      return;
    drawn.current = key;
    draw(target.current!, figure).then(
      result => {
        view.current = result;
        setProblem('');
        target.current?.setAttribute('data-drawn', figure.name);
      },
      (error: Error) => setProblem(`This figure could not be drawn: ${error.message}`));
  }, [figure, width, isDark]);

  const save = async (format: 'png' | 'svg') => {
    const address = await view.current?.view.toImageURL(format, 2);
    if (!address)
      return;
    const link = document.createElement('a');
    [link.href, link.download] = [address, `${figure.name}.${format}`];
    link.click();
  };

  return (
    <figure id={figure.name}>
      <h3>{figure.title}</h3>
      <div class="plot" ref={target} />
      {problem && <p class="state failure" role="alert">{problem}</p>}
      <figcaption>
        {figure.caption}
        {links && (
          <span class="links">
            <a href={`/api/figures/${figure.name}.csv?${links}`} download={`${figure.name}.csv`}>CSV</a>
            <button type="button" class="link" onClick={() => void save('png')}>PNG</button>
            <button type="button" class="link" onClick={() => void save('svg')}>SVG</button>
            <a href={`/api/figures/${figure.name}.vl.json?${links}`} download={`${figure.name}.vl.json`}>Vega-Lite</a>
          </span>
        )}
      </figcaption>
    </figure>
  );
}
