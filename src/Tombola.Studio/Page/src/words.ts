// Writes numbers and times as people say them.

export const percent = (fraction: number, digits = 1) => `${(100 * fraction).toFixed(digits)} %`;

export const whole = (value: number) => Math.round(value).toLocaleString('en-GB');

export function bytes(count: number): string {
  return count < 1e6 ? `${(count / 1e3).toFixed(0)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

export function duration(seconds: number): string {
  if (seconds < 100)
    return `${Math.max(0, seconds).toFixed(0)} s`;
  return seconds < 6000 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

export function ago(time: string): string {
  const seconds = (Date.now() - Date.parse(time)) / 1000;
  if (seconds < 45)
    return 'just now';
  return seconds < 48 * 3600 ? `${duration(seconds)} ago` : new Date(time).toLocaleDateString('en-GB');
}

export function microseconds(value: number): string {
  return value < 1000 ? `${value.toFixed(1)} µs` : `${(value / 1000).toFixed(2)} ms`;
}
