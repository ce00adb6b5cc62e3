// The tables of results: verdicts of tickets level by level, and rates of XOR experiments.
import type { LevelSummary, Proportion, RunCard, RunSummary, Spread, XorRow } from './types';
import { Link } from './router';
import { percent, whole } from './words';

const MAIN = 'winning-ticket';

export function Verdicts({ run, summary }: { run: RunCard; summary: RunSummary }) {
  const tables = summary.variants.length > 0 ? summary.variants : [summary];
  return (
    <section aria-label="Verdicts">
      {tables.filter(table => table.levels.length > 0).map(table => (
        <VerdictTable key={table.experiment} run={run} summary={table} named={summary.variants.length > 0} />
      ))}
    </section>
  );
}

function VerdictTable({ run, summary, named }: { run: RunCard; summary: RunSummary; named: boolean }) {
  const controls = [...new Set(summary.levels.map(level => level.branch))].filter(branch => branch !== MAIN);
  const tickets = summary.levels.filter(level => level.branch === MAIN);
  return (
    <>
      <h2>{named ? summary.experiment : 'Verdicts'}</h2>
      <p class="verdict">{conclude(summary)}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Verdicts level by level">
        <table>
          <thead>
            <tr>
              <th scope="col">level</th><th scope="col">weights</th><th scope="col">early stop</th>
              <th scope="col">test accuracy</th><th scope="col">at end</th>
              {controls.map(control => <th scope="col" key={control}>{control}</th>)}
              <th scope="col">verdict</th>
            </tr>
          </thead>
          <tbody>
            {tickets.map(level => (
              <Row key={level.level} run={run} level={level} summary={summary} controls={controls} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

type RowProps = { run: RunCard; level: LevelSummary; summary: RunSummary; controls: string[] };

function Row({ run, level, summary, controls }: RowProps) {
  const verdict = level.level === 0 ? 'dense' : level.verdict ?? '–';
  return (
    <tr>
      <th scope="row">
        <Link to={`/runs/${run.id}/ticket?experiment=${encodeURIComponent(summary.experiment)}&level=${level.level}`}
          aria-label={`Ticket of level ${level.level}`}>{level.level}</Link>
      </th>
      <td>{percent(level.density)}</td>
      <td>{level.early_stop_step ? whole(level.early_stop_step.mean) : '–'}</td>
      <td>{accuracy(level.early_stop_test_accuracy)} {range(level)}</td>
      <td>{accuracy(level.final_test_accuracy)}</td>
      {controls.map(control => {
        const other = summary.levels.find(one => one.branch === control && one.level === level.level);
        return <td key={control}>{accuracy(other?.early_stop_test_accuracy)}</td>;
      })}
      <td class={verdict}>{verdict}</td>
    </tr>
  );
}

function conclude(summary: RunSummary) {
  const { smallest_winning_ticket: best, smallest_matching_ticket: match } = summary;
  if (best) {
    return (
      <>The smallest winning ticket keeps <b>{percent(best.density)}</b> of the weights (level {best.level},{' '}
        {whole(best.weights_remaining)} of {whole(best.weights_total)}).</>
    );
  }
  return match
    ? `No ticket wins; the smallest that matches keeps ${percent(match.density)} of the weights.`
    : 'No ticket wins.';
}

const accuracy = (spread?: Spread) => spread ? percent(spread.mean, 2) : '–';

function range(level: LevelSummary) {
  const spread = level.early_stop_test_accuracy;
  return spread && level.trials > 1
    ? <span class="range">{(100 * spread.min).toFixed(2)}–{(100 * spread.max).toFixed(2)}</span>
    : null;
}

export function XorTable({ rows }: { rows: XorRow[] }) {
  const rate = (proportion?: Proportion) => proportion
    ? `${percent(proportion.rate)} (${percent(proportion.low)}–${percent(proportion.high)})`
    : '–';
  return (
    <section aria-label="Results">
      <h2>Who learns XOR</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Rates, strategy by strategy">
        <table>
          <thead>
            <tr>
              <th scope="col">strategy</th><th scope="col">units</th><th scope="col">decision boundary</th>
              <th scope="col">zero loss</th><th scope="col">mean loss</th><th scope="col">status</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={`${row.strategy} ${row.hidden} ${row.units}`}>
                <th scope="row">{row.strategy}</th>
                <td>{row.hidden === row.units ? row.units : `${row.hidden} → ${row.units}`}</td>
                <td>{rate(row.decision_boundary)}</td><td>{rate(row.zero_loss)}</td>
                <td>{row.mean_loss?.toFixed(4) ?? '–'}</td><td>{row.status}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
