// Which page is shown is decided by the address; links do not load the page anew.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const changed = new EventTarget();

export function go(path: string, replace = false) {
  if (replace)
    history.replaceState(null, '', path);
  else
    history.pushState(null, '', path);
  changed.dispatchEvent(new Event('change'));
  if (!replace)
    window.scrollTo(0, 0);
}

export function useAddress(): URL {
  const [address, setAddress] = useState(() => location.href);
  useEffect(() => {
    const update = () => setAddress(location.href);
    window.addEventListener('popstate', update);
    changed.addEventListener('change', update);
    return () => {
      window.removeEventListener('popstate', update);
      changed.removeEventListener('change', update);
    };
  }, []);
  return new URL(address);
}

type LinkProps = Omit<JSX.HTMLAttributes<HTMLAnchorElement>, 'href'> & {
  to: string; class?: string; current?: boolean; children: ComponentChildren;
};

export function Link({ to, current, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={to} aria-current={current ? 'page' : undefined} onClick={follow}>{children}</a>;
}
