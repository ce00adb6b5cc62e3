// Makes of a drawing what networks for digits read: 28 × 28 pixels, the digit 20 high or wide, its mass in the middle.

export const SIDE = 28;
const BOX = 20;
const FAINT = 20;

/** Centres the ink, which is in the alpha channel; undefined where there is none. */
export function centred(image: ImageData): Uint8Array | undefined {
  const { width, height, data } = image;
  let [left, top, right, bottom] = [width, height, -1, -1];
  let [mass, sumX, sumY] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ink = data[4 * (y * width + x) + 3];
      if (ink < FAINT)
        continue;
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
      [mass, sumX, sumY] = [mass + ink, sumX + ink * x, sumY + ink * y];
    }
  }
  if (mass === 0)
    return undefined;
  const scale = Math.max(right - left + 1, bottom - top + 1) / BOX;
  const [middleX, middleY] = [sumX / mass, sumY / mass];
  const pixels = new Uint8Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      pixels[row * SIDE + column] = mean(
        data, width, height, middleX + (column - SIDE / 2) * scale, middleY + (row - SIDE / 2) * scale, scale);
    }
  }
  return pixels;
}

/** The mean ink of a square of the drawing. */
function mean(data: Uint8ClampedArray, width: number, height: number, left: number, top: number, size: number): number {
  let [sum, count] = [0, 0];
  for (let y = Math.floor(top); y < top + size; y++) {
    for (let x = Math.floor(left); x < left + size; x++) {
      count++;
      if (x >= 0 && y >= 0 && x < width && y < height)
        sum += data[4 * (y * width + x) + 3];
    }
  }
  return count === 0 ? 0 : Math.round(sum / count);
}
