import { createLink, type LinkComponent } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, forwardRef, type ReactNode } from 'react';

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

export interface ButtonProps {
  /** `primary`: the one main act of the page. `danger`: cannot be taken back. */
  kind?: ButtonKind;
  children: ReactNode;
  onPress?: () => void;
  type?: 'button' | 'submit';
  /** Shows that it is being done; a second press does nothing. */
  busy?: boolean;
  /** Why it cannot be done now. It stays focusable, so that everybody can learn the reason. */
  refusedBecause?: string;
  label?: string;
  pressed?: boolean;
  expanded?: boolean;
  wide?: boolean;
}

/** A push button. A refused one keeps its place and says why beneath. */
export function Button(props: ButtonProps) {
  const { kind = 'secondary', busy = false, refusedBecause, onPress, type = 'button' } = props;
  const idle = !busy && !refusedBecause;
  const button = (
    <button
      type={type === 'submit' && !idle ? 'button' : type}
      className={`button button-${kind}${props.wide ? ' button-wide' : ''}`}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-disabled={idle ? undefined : true}
      data-busy={busy || undefined}
      onClick={() => idle && onPress?.()}
    >
      {props.children}
    </button>
  );
  if (!refusedBecause) return button;
  return (
    <span className="button-refused">
      {button}
      <small>{refusedBecause}</small>
    </span>
  );
}

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  kind?: ButtonKind;
  wide?: boolean;
}

const Anchor = forwardRef<HTMLAnchorElement, AnchorProps>(
  ({ kind = 'secondary', wide, ...rest }, ref) => (
    <a ref={ref} {...rest} className={`button button-${kind}${wide ? ' button-wide' : ''}`} />
  ),
);
const RoutedAnchor = createLink(Anchor);

/** A link of the app that looks like a button: `to`, `params`, `search` as for Link, and `kind`, `wide`. */
export const ButtonLink: LinkComponent<typeof Anchor> = (props) => <RoutedAnchor {...props} />;

/** A link out of the app (tel:, a file, another site) that looks like a button. */
export const ButtonAnchor = Anchor;
