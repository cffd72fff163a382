import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';

/** Pictures of one's own matter, small; each opens in full. */
export function Pictures({ attachmentIds }: { attachmentIds: readonly string[] }) {
  const { t } = useTranslation();
  if (attachmentIds.length === 0) return null;
  return (
    <ul className="pictures">
      {attachmentIds.map((attachmentId, place) => (
        <li key={attachmentId}>
          <a
            href={addressOf(routes.attachment.read, { params: { attachmentId } })}
            target="_blank"
            rel="noopener"
          >
            <img
              src={addressOf(routes.attachment.read, {
                params: { attachmentId },
                query: { size: 'small' },
              })}
              alt={t('photo.picture', { place: place + 1 })}
            />
          </a>
        </li>
      ))}
    </ul>
  );
}
