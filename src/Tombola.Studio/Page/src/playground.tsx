// The playground: XOR, and digits drawn by hand.
import { DigitPlay } from './digit';
import { Link } from './router';
import { XorPlay } from './xor';

export function PlaygroundPage({ part }: { part: string }) {
  const digits = part === 'digits';
  return (
    <>
      <h1>Playground</h1>
      <nav class="tabs" aria-label="Games">
        <Link to="/playground" current={!digits}>A network learns XOR</Link>
        <Link to="/playground/digits" current={digits}>A ticket reads your digit</Link>
      </nav>
      {digits ? <DigitPlay /> : <XorPlay />}
    </>
  );
}
