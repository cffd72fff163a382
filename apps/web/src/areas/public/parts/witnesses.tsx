import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { DateText, State } from '../../../shared/ui/index.ts';

/** Who else signs the log's heads, and how far each has. */
export function Witnesses() {
  const { t } = useTranslation('public');
  const { data: log } = useRoute(routes.publication.publicLog);
  if (!log) return null;
  return (
    <section className="stack-tight" aria-labelledby="witnesses">
      <h2 id="witnesses">{t('log.witnesses')}</h2>
      <p>{t('log.witnessLead')}</p>
      {log.witnesses.length === 0 ? (
        <p className="soft">{t('log.witnessNone')}</p>
      ) : (
        <ul className="stack-tight">
          {log.witnesses.map((witness) => (
            <li key={witness.name}>
              <p>
                <strong>{witness.name}</strong>{' '}
                {witness.size === log.size ? (
                  <State tone="done">{t('log.witnessAll')}</State>
                ) : (
                  <State tone="running">{t('log.witnessSize', { many: witness.size })}</State>
                )}{' '}
                {witness.signedAt && <DateText at={witness.signedAt} />}
                {witness.fault && <State tone="warned">{t('log.witnessFault')}</State>}
              </p>
              <code className="key-text">{witness.key}</code>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href="/log/witnessed">{t('log.witnessedHead')}</a>
      </p>
    </section>
  );
}
