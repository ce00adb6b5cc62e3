// Tombola Studio: the frame of all pages.
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { ExperimentsPage } from './experiments';
import { ComparePage, ExperimentPage } from './experiment';
import { listen, useStore } from './live';
import { MachinePage } from './machine';
import { Empty, Wheel } from './parts';
import { PlaygroundPage } from './playground';
import { Link, useAddress } from './router';
import { TicketPage } from './ticket';

const PAGES = [
  { path: '/', name: 'Experiments' }, { path: '/playground', name: 'Playground' },
  { path: '/machine', name: 'Machine' },
];

function Studio() {
  const address = useAddress();
  const path = address.pathname;
  return (
    <>
      <a class="skip" href="#main">Skip to content</a>
      <header class="top">
        <Link to="/" class="brand"><Wheel /><span>Tombola <b>Studio</b></span></Link>
        <nav aria-label="Pages">
          {PAGES.map(page => (
            <Link key={page.path} to={page.path} current={isCurrent(page.path, path)}>{page.name}</Link>
          ))}
        </nav>
        <Connection />
      </header>
      <main id="main" tabIndex={-1}><Page address={address} /></main>
    </>
  );
}

function isCurrent(page: string, path: string): boolean {
  return page === '/' ? path === '/' || path.startsWith('/runs') || path === '/compare' : path.startsWith(page);
}

function Page({ address }: { address: URL }) {
  const parts = address.pathname.split('/').filter(part => part.length > 0).map(decodeURIComponent);
  useEffect(() => {
    document.title = [...parts.slice(-1), 'Tombola Studio'].join(' · ');
  }, [address.pathname]);
  if (parts.length === 0)
    return <ExperimentsPage />;
  if (parts[0] === 'runs' && parts.length === 2)
    return <ExperimentPage key={parts[1]} id={parts[1]} />;
  if (parts[0] === 'runs' && parts[2] === 'ticket')
    return <TicketPage id={parts[1]} query={address.searchParams} />;
  if (parts[0] === 'playground')
    return <PlaygroundPage part={parts[1] ?? ''} />;
  if (parts[0] === 'machine')
    return <MachinePage />;
  if (parts[0] === 'compare')
    return <ComparePage ids={address.searchParams.getAll('run')} />;
  return <Empty title="There is no such page"><p><Link to="/">All experiments</Link></p></Empty>;
}

function Connection() {
  const { connected, known } = useStore();
  const text = connected ? 'live' : known ? 'reconnecting …' : 'connecting …';
  return <span class={`connection ${connected ? 'on' : 'off'}`} role="status">{text}</span>;
}

listen();
const root = document.getElementById('studio')!;
root.textContent = ''; // What was there says that the page is loading.
render(<Studio />, root);
