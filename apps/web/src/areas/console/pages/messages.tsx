import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import {
  Listed,
  Button,
  ButtonAnchor,
  DateText,
  EmptyState,
  Page,
  withDates,
} from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';

type Message = RouteOutput<typeof routes.message.inbox>['items'][number];

/** One's own messages, newest first. */
export function MessagesPage() {
  const { t } = useTranslation('console');
  const inbox = usePages(routes.message.inbox, { query: { limit: 20 } });
  const readAll = useSend(routes.message.markAllRead);
  const unread = inbox.first?.unread ?? 0;
  return (
    <Page
      title={t('messages.title')}
      lead={unread > 0 ? t('messages.unread', { count: unread }) : undefined}
      aside={
        unread > 1 && (
          <Button busy={readAll.busy} onPress={() => readAll.run({}, () => undefined)}>
            {t('messages.readAll')}
          </Button>
        )
      }
    >
      <Listed
        list={inbox}
        lines={4}
        empty={
          <EmptyState title={t('messages.emptyTitle')}>
            <p>{t('messages.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) => (
          <ul className="tasks">
            {items.map((message) => (
              <MessageRow key={message.id} message={message} />
            ))}
          </ul>
        )}
      </Listed>
    </Page>
  );
}

function MessageRow({ message }: { message: Message }) {
  const { t, i18n } = useTranslation('console');
  const mark = useSend(routes.message.markRead);
  const here = message.link?.startsWith('/') ? message.link : null;
  return (
    <li className="card-row">
      <span className="row-between">
        {message.readAt ? <span>{message.title}</span> : <strong>{message.title}</strong>}
        <span className="soft small">
          <DateText at={message.at} relative />
        </span>
      </span>
      <p className="pre">{withDates(message.body, i18n.language)}</p>
      <span className="row">
        {here && <ButtonAnchor href={here}>{t('messages.open')}</ButtonAnchor>}
        {!message.readAt && (
          <Button
            kind="quiet"
            busy={mark.busy}
            label={t('messages.markAs', { title: message.title })}
            onPress={() => mark.run({ params: { messageId: message.id } })}
          >
            {t('messages.read')}
          </Button>
        )}
      </span>
    </li>
  );
}
