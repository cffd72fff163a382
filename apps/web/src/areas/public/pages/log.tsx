import { useTranslation } from 'react-i18next';
import { Page } from '../../../shared/ui/index.ts';
import { LogFacts } from '../parts/log-facts.tsx';
import { Witnesses } from '../parts/witnesses.tsx';

/** The public log: whose it is, how far it is, who has witnessed it, and how anybody checks all of it. */
export function LogPage() {
  const { t } = useTranslation('public');
  return (
    <Page title={t('log.title')} description={t('log.lead')} lead={t('log.how')}>
      <LogFacts />
      <Witnesses />
      <section className="stack-tight" aria-labelledby="ways">
        <h2 id="ways">{t('log.ways')}</h2>
        <dl className="plan">
          {(['receipt', 'site', 'witness', 'be'] as const).map((way) => (
            <div key={way}>
              <dt>{t(`log.way.${way}`)}</dt>
              <dd>
                <code className="key-text">{t(`log.command.${way}`)}</code>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </Page>
  );
}
