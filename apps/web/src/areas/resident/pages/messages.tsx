import { routes, type RouteOutput } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCall, usePages } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Listed,
  Button,
  DateText,
  EmptyState,
  Page,
  State,
  withDates,
} from '../../../shared/ui/index.ts';

type Message = RouteOutput<typeof routes.message.inbox>['items'][number];

/** What was told: how my matters go on, where my gifts went, what is near. */
export function MessagesPage() {
  return <SessionGate signIn="/my/sign-in">{() => <Inbox />}</SessionGate>;
}

function Inbox() {
  const { t } = useTranslation('resident');
  const list = usePages(routes.message.inbox, { query: { limit: 20 } });
  const readAll = useCall(routes.message.markAllRead);
  const unread = list.first?.unread ?? 0;
  return (
    <Page
      title={t('messages.title')}
      aside={<Link to="/my/messages/settings">{t('messages.settings')}</Link>}
    >
      {unread > 1 && (
        <div>
          <Button busy={readAll.busy} onPress={() => void readAll.send({}).catch(() => null)}>
            {t('messages.readAll', { count: unread })}
          </Button>
        </div>
      )}
      <Listed list={list} empty={<EmptyState title={t('messages.none')} />}>
        {(items) => (
          <ul className="stack">
            {items.map((message) => (
              <MessageCard key={message.id} message={message} />
            ))}
          </ul>
        )}
      </Listed>
    </Page>
  );
}

function MessageCard({ message }: { message: Message }) {
  const { t, i18n } = useTranslation('resident');
  const read = useCall(routes.message.markRead);
  const markRead = () => {
    if (!message.readAt) void read.send({ params: { messageId: message.id } }).catch(() => null);
  };
  return (
    <li className={`card${message.readAt ? '' : ' message-unread'}`}>
      <div className="row-between">
        <h2>{message.title}</h2>
        {!message.readAt && <State tone="accent">{t('messages.unread')}</State>}
      </div>
      <p className="story">{withDates(message.body, i18n.language)}</p>
      <div className="row-between small">
        <span className="soft">
          {t(`topic.${message.topic}`)} · <DateText at={message.at} relative />
        </span>
        <span className="row">
          {message.link && (
            <Link to={message.link} onClick={markRead} className="button button-secondary">
              {t('messages.open')}
            </Link>
          )}
          {!message.readAt && (
            <Button kind="quiet" busy={read.busy} onPress={markRead}>
              {t('messages.markRead')}
            </Button>
          )}
        </span>
      </div>
    </li>
  );
}
