import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { notePageShown } from '../api/hydration.ts';
import { useBrand } from '../session/district.ts';
import { wasNavigated } from '../routing/navigated.ts';

/** Collects title and description while the server draws a page, for the document's head. */
export interface HeadSink {
  title: string;
  description: string;
}
export const HeadContext = createContext<HeadSink | null>(null);

interface PageProps {
  /** The h1, and the first part of the document's title. */
  title: string;
  /** What search engines and shared links show; public pages only. */
  description?: string;
  /** A line under the title: what this page is for. */
  lead?: ReactNode;
  /** Beside the title: a state, a menu. */
  aside?: ReactNode;
  /** `narrow`: one column of reading; `wide`: the whole width. */
  width?: 'narrow' | 'wide';
  children: ReactNode;
}

/**
 * One page's main landmark. After a move inside the app its title is focused, so that a screen reader
 * announces it and the keyboard goes on from there.
 */
export function Page({ title, description = '', lead, aside, width, children }: PageProps) {
  const brand = useBrand();
  const heading = useRef<HTMLHeadingElement>(null);
  const sink = useContext(HeadContext);
  if (sink) Object.assign(sink, { title: `${title} - ${brand}`, description });
  useEffect(() => {
    document.title = `${title} - ${brand}`;
  }, [title, brand]);
  useEffect(() => {
    notePageShown();
    if (wasNavigated()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <main id="main" className={`page page-${width ?? 'narrow'}`}>
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </header>
      {lead && <div className="page-lead">{lead}</div>}
      {children}
    </main>
  );
}
