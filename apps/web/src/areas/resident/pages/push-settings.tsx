import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import { Button, DateText, Loaded, Page, RefusalNotice, State } from '../../../shared/ui/index.ts';

/** Every topic off with one press, every tag deletable (C-22). */
export function PushSettingsPage() {
  return <SessionGate signIn="/my/sign-in">{() => <PushSettings />}</SessionGate>;
}

function PushSettings() {
  const { t } = useTranslation('resident');
  const query = useRoute(routes.message.push);
  const setPush = useCall(routes.message.setPush);
  const deleteTag = useCall(routes.message.deleteTag);
  const refusal = setPush.refusal ?? deleteTag.refusal;
  return (
    <Page title={t('push.title')} lead={<p>{t('push.lead')}</p>}>
      {refusal && <RefusalNotice refusal={refusal} />}
      <Loaded query={query}>
        {({ topics, tags }) => (
          <>
            <ul className="menu-list">
              {topics.map(({ topic, on, fixed }) => (
                <li key={topic} className="push-row">
                  <span>{t(`topic.${topic}`)}</span>
                  {fixed ? (
                    <State tone="done">{t('push.fixed')}</State>
                  ) : (
                    <button
                      type="button"
                      role="switch"
                      aria-checked={on}
                      aria-label={t(`topic.${topic}`)}
                      className="switch"
                      onClick={() =>
                        void setPush
                          .send({ params: { topic }, body: { on: !on } })
                          .catch(() => null)
                      }
                    >
                      {t(on ? 'push.on' : 'push.off')}
                    </button>
                  )}
                </li>
              ))}
            </ul>
            <section className="stack-tight">
              <h2>{t('push.tags')}</h2>
              <p className="soft">{tags.length > 0 ? t('push.tagsLead') : t('push.tagsNone')}</p>
              {tags.map(({ tag, since }) => (
                <div key={tag} className="card row-between">
                  <span>
                    {tag} <DateText at={since} withTime={false} />
                  </span>
                  <Button
                    kind="danger"
                    onPress={() => void deleteTag.send({ params: { tag } }).catch(() => null)}
                  >
                    {t('push.deleteTag', { tag })}
                  </Button>
                </div>
              ))}
            </section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
