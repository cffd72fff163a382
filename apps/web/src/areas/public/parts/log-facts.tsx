import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { DateText, Facts, Notice } from '../../../shared/ui/index.ts';

/** Whose the public log is, how far it has got, and the key to check it with. */
export function LogFacts() {
  const { t } = useTranslation('public');
  const { data: log } = useRoute(routes.publication.publicLog);
  return (
    <section className="stack-tight" aria-labelledby="log">
      <h2 id="log">{t('log.title')}</h2>
      <p>{t('log.lead')}</p>
      {log?.halted && <Notice tone="warned">{t('log.halted')}</Notice>}
      {log && (
        <Facts
          rows={[
            [t('log.origin'), <code>{log.origin}</code>],
            [t('log.size'), <a href="/log/checkpoint">{t('log.sizeText', { many: log.size })}</a>],
            [t('log.signed'), <DateText at={log.signedAt} />],
            [t('log.key'), <code className="key-text">{log.key}</code>],
          ]}
        />
      )}
      <p className="soft">
        {t('log.verify')} <code>wennuan log verify --url</code>
      </p>
    </section>
  );
}
