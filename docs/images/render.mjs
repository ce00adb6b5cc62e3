// Renders a figure of a report as SVG for these pages:
//   node docs/images/render.mjs RUN-FOLDER/figures/early-stop-step.vl.json docs/images/experiments/NAME.svg
// Takes Vega from where the build has put it, so build Tombola with Node.js installed first.
import fs from 'node:fs';

const modules = new URL('../../artifacts/obj/report-page/node_modules/', import.meta.url);
const vega = await import(new URL('vega/build/vega.module.js', modules));
const vegaLite = await import(new URL('vega-lite/build/index.js', modules));

const [, , source, target] = process.argv;
const specification = JSON.parse(fs.readFileSync(source));
delete specification.autosize;
const light = { gridColor: '#e3e5e8', domainColor: '#c5c8cc', tickColor: '#c5c8cc', titleFontWeight: 'normal' };
const { spec } = vegaLite.compile({
  ...specification,
  width: 640,
  height: 300,
  config: {
    ...specification.config,
    background: 'white',
    view: { stroke: null },
    axis: light,
    legend: { orient: 'top', columns: 5, symbolOpacity: 1 },
  },
});
fs.writeFileSync(target, await new vega.View(vega.parse(spec), { renderer: 'none' }).toSVG());
