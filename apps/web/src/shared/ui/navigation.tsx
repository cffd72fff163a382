import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tone } from './state.tsx';

export interface NavItem {
  to: LinkProps['to'];
  label: string;
  icon?: ReactNode;
  /** The one main act, in the middle of the bar. */
  main?: boolean;
  exact?: boolean;
  /** What waits for me there. */
  count?: number;
  tone?: Tone;
}

/** At most five places, in reach of the thumb. */
export function BottomBar({ items }: { items: readonly NavItem[] }) {
  const { t } = useTranslation();
  return (
    <nav className="bottom-bar" aria-label={t('menu')}>
      <ul>
        {items.map((item) => (
          <li key={item.label} data-main={item.main || undefined}>
            <Link to={item.to} activeOptions={{ exact: item.exact ?? false }}>
              {item.icon}
              <span>
                {item.label}
                {item.count !== undefined && item.count > 0 && (
                  <span className="count number"> {item.count}</span>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Areas of work with what waits in each. */
export function SideNav({ items, label }: { items: readonly NavItem[]; label: string }) {
  return (
    <nav className="side-nav" aria-label={label}>
      {items.map((item) => (
        <Link key={item.label} to={item.to} activeOptions={{ exact: item.exact ?? false }}>
          <span>{item.label}</span>
          {item.count !== undefined && item.count > 0 && (
            <span className="count number" data-tone={item.tone}>
              {item.count}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
