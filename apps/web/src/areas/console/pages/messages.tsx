import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import {
  Button,
  ButtonAnchor,
  DateText,
  EmptyState,
  Page,
  RefusalNotice,
  Skeleton,
} from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';

type Message = RouteOutput<typeof routes.message.inbox>['items'][number];

/** One's own messages, newest first. */
export function MessagesPage() {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
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
      {inbox.isPending && <Skeleton lines={4} />}
      {inbox.error && inbox.items.length === 0 && <RefusalNotice refusal={inbox.error} />}
      {!inbox.isPending && !inbox.error && inbox.items.length === 0 && (
        <EmptyState title={t('messages.emptyTitle')}>
          <p>{t('messages.emptyBody')}</p>
        </EmptyState>
      )}
      {inbox.items.length > 0 && (
        <ul className="tasks">
          {inbox.items.map((message) => (
            <MessageRow key={message.id} message={message} />
          ))}
        </ul>
      )}
      {inbox.hasMore && (
        <Button busy={inbox.busy} onPress={inbox.more}>
          {shared('more')}
        </Button>
      )}
    </Page>
  );
}

function MessageRow({ message }: { message: Message }) {
  const { t } = useTranslation('console');
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
      <p className="pre">{message.body}</p>
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
