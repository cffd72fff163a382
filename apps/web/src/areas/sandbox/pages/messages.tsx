import { routes } from '@wennuan/contract';
import { useQuery } from '@tanstack/react-query';
import { ButtonLink, Card, DateText, EmptyState, Loaded, Page } from '../../../shared/ui/index.ts';
import { routeQuery, useApi } from '../../../shared/api/query.ts';
import { useTranslation } from 'react-i18next';

const FRESH_MILLIS = 3_000;

/** The text messages the system sent, newest first. */
export function MessagesPage() {
  const { t } = useTranslation('sandbox');
  const query = useQuery({
    ...routeQuery(useApi(), routes.message.sandboxOutbox),
    refetchInterval: FRESH_MILLIS,
  });
  return (
    <Page
      title={t('messages.title')}
      lead={<p>{t('messages.lead')}</p>}
      aside={<ButtonLink to="/my/sign-in">{t('messages.signIn')}</ButtonLink>}
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('messages.none')} />
          ) : (
            <ul className="stack">
              {items.map((message) => (
                <Card key={message.id} as="li">
                  <p>{message.text}</p>
                  <p className="soft small">
                    {t('messages.to', { telephone: message.telephone })} ·{' '}
                    <DateText at={message.at} />
                  </p>
                </Card>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}
