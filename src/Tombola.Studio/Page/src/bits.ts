// A mask as a picture at several sizes: from one pixel a weight down to a few, each half as large as the one before.

export type Level = { width: number; height: number; /** Share of survivors, 0 to 255. */ shares: Uint8Array };

/** Unpacks bits, eight weights a byte, the first in the lowest bit. */
export function unpack(bits: Uint8Array, count: number): Uint8Array {
  const shares = new Uint8Array(count);
  for (let i = 0; i < count; i++)
    shares[i] = (bits[i >> 3] >> (i & 7)) & 1 ? 255 : 0;
  return shares;
}

/** Halves until nothing is gained, so that drawing any size reads few pixels. */
export function pyramid(base: Level): Level[] {
  const levels = [base];
  for (let level = base; Math.max(level.width, level.height) > 64;) {
    level = halved(level);
    levels.push(level);
  }
  return levels;
}

function halved({ width, height, shares }: Level): Level {
  const [w, h] = [Math.max(1, width >> 1), Math.max(1, height >> 1)];
  const [dx, dy] = [width > 1 ? 1 : 0, height > 1 ? width : 0];
  const half = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const i = (height > 1 ? 2 * y : y) * width + (width > 1 ? 2 * x : x);
      half[y * w + x] = (shares[i] + shares[i + dx] + shares[i + dy] + shares[i + dx + dy] + 2) >> 2;
    }
  }
  return { width: w, height: h, shares: half };
}
