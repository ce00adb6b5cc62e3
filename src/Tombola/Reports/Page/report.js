// Draws the figures of a report. Their specifications stand in the page as JSON; nothing is fetched.
import embed from 'vega-embed';
import { expressionInterpreter } from 'vega-interpreter';

const LEGEND = 64;
const dark = window.matchMedia('(prefers-color-scheme: dark)');

function theme() {
  const style = getComputedStyle(document.documentElement);
  const [ink, faint] = [style.getPropertyValue('--ink').trim(), style.getPropertyValue('--line').trim()];
  const text = { labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal' };
  return {
    background: 'transparent',
    font: style.fontFamily,
    view: { stroke: null },
    axis: { ...text, gridColor: faint, domainColor: faint, tickColor: faint },
    legend: {
      ...text, orient: 'top', symbolStrokeWidth: 2, symbolOpacity: 1, columns: 3, layout: { top: { direction: 'vertical' } },
    },
    rule: { color: ink },
    point: { color: ink },
    text: { color: ink },
  };
}

async function draw(figure) {
  const specification = JSON.parse(figure.querySelector('script').textContent);
  const target = figure.querySelector('.plot');
  const width = Math.min(720, target.clientWidth);
  // Pictures keep their shape, below their legend; other figures are twice as wide as high, but never flat.
  const aspect = specification.usermeta?.aspect;
  const height = aspect ? LEGEND + width / aspect : Math.max(240, width / 2);
  try {
    // Without the interpreter Vega compiles expressions, which the page's security policy forbids.
    await embed(target, { ...specification, width, height: Math.round(height) }, {
      ast: true, expr: expressionInterpreter, renderer: 'svg', actions: false, config: theme(),
    });
    const svg = target.querySelector('svg');
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', figure.dataset.title);
  } catch (error) {
    target.textContent = `This figure could not be drawn: ${error.message}`;
  }
}

const figures = [...document.querySelectorAll('figure[data-title]')];
const drawAll = () => Promise.all(figures.map(draw)).then(() => { document.body.dataset.drawn = 'true'; });
let waiting;
dark.addEventListener('change', drawAll);
window.addEventListener('resize', () => {
  clearTimeout(waiting);
  waiting = setTimeout(drawAll, 150);
});
drawAll();
