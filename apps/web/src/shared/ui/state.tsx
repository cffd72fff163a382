import type { ReactNode } from 'react';

export type Tone = 'quiet' | 'running' | 'done' | 'warned' | 'late' | 'accent';

const shapes: Record<Tone, ReactNode> = {
  quiet: <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="2" />,
  running: <path d="M4 3l9 5-9 5z" fill="currentColor" />,
  done: <path d="M2 8.5l4 4 8-9" fill="none" stroke="currentColor" strokeWidth="2.6" />,
  warned: <path d="M8 1.5L15 14H1z" fill="none" stroke="currentColor" strokeWidth="2" />,
  late: (
    <path
      d="M8 1l7 7-7 7-7-7zM8 4.5v4.2M8 11v.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    />
  ),
  accent: <circle cx="8" cy="8" r="6" fill="currentColor" />,
};

/** The shape that goes with a tone, so that colour is never alone. */
function ToneShape({ tone }: { tone: Tone }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      {shapes[tone]}
    </svg>
  );
}

/** A state in one word: shape, colour and the word itself. */
export function State({ tone = 'quiet', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className="state" data-tone={tone}>
      <ToneShape tone={tone} />
      {children}
    </span>
  );
}

interface NoticeProps {
  tone?: Tone;
  title?: string;
  children?: ReactNode;
}

/** Something to know before going on, set apart from the text. */
export function Notice({ tone = 'quiet', title, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone}>
      {title && <strong>{title}</strong>}
      {children}
    </div>
  );
}
