import { useRouterState } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, useElder } from '../../../shared/preferences.ts';

/** Type size and language. They are links, so that the server can do the same where there is no JavaScript. */
export function Preferences() {
  const { t } = useTranslation('public');
  const { t: shared, i18n } = useTranslation();
  const { elder, setElder } = useElder();
  const here = useRouterState({ select: (state) => state.location.href });
  const other = i18n.language === 'en' ? 'zh' : 'en';
  const address = (name: string, value: string) =>
    `${here.split('#')[0]}${here.includes('?') ? '&' : '?'}${name}=${value}`;
  const instead = (act: () => void) => (event: MouseEvent) => {
    event.preventDefault();
    act();
  };
  return (
    <div className="preferences" role="group" aria-label={t('nav.preferences')}>
      <a
        className="button button-quiet"
        href={address('elder', elder ? '0' : '1')}
        onClick={instead(() => setElder(!elder))}
      >
        {shared(elder ? 'elder.turnOff' : 'elder.turnOn')}
      </a>
      <a
        className="button button-quiet"
        href={address('lang', other)}
        lang={other === 'en' ? 'en' : 'zh-CN'}
        onClick={instead(() => void chooseLanguage(i18n, other))}
      >
        {shared('language.switchTo')}
      </a>
    </div>
  );
}
