import { routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { useRoute } from '../../../shared/api/query.ts';
import { PrintButton } from '../../../shared/print/print-sheet.tsx';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Loaded, Page, State } from '../../../shared/ui/index.ts';
import { BoardActs, Objections } from '../aid/notice-acts.tsx';
import { type NoticeDetail, NoticeSheet } from '../aid/notice-sheet.tsx';
import { noticeTones } from '../parts/aid-codes.ts';

/** One notice: the sheet as it is printed, its days, and objections. */
export function AidNoticePage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const { noticeId } = useParams({ from: '/desk/aid/notices/$noticeId' });
  const query = useRoute(routes.award.readNotice, { params: { noticeId } });
  const notice = query.data;
  return (
    <Page
      title={notice ? `${notice.programme.name} · ${notice.number}` : t('aid.notices.title')}
      width="wide"
      aside={
        notice && (
          <State tone={noticeTones[notice.state]}>{t(`aid.noticeState.${notice.state}`)}</State>
        )
      }
    >
      <Loaded query={query}>
        {(loaded) => (
          <div className="two-columns">
            <div className="record-column">
              <p>
                <PrintButton
                  label={t('aid.notices.print')}
                  sheet={<NoticeSheet notice={loaded} />}
                />
              </p>
              <div className="panel slip">
                <NoticeSheet notice={loaded} />
              </div>
            </div>
            <div className="record-column">
              <BoardActs key={loaded.state} notice={loaded} />
              <Photos notice={loaded} />
              <Objections notice={loaded} mayAdd={holds(session, 'award.visit')} />
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Photos({ notice }: { notice: NoticeDetail }) {
  const { t } = useTranslation('console');
  if (notice.photos.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('aid.notices.photos')}</h2>
      <ul className="photos">
        {notice.photos.map(({ id }, place) => (
          <li key={id} className="photo">
            <img
              src={addressOf(routes.attachment.read, {
                params: { attachmentId: id },
                query: { size: 'small' },
              })}
              alt={t('aid.notices.photo', { place: place + 1 })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
