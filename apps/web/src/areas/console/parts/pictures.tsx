import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';

type Attachment = RouteOutput<typeof routes.attachment.add>;

/** Pictures of a record, small; each opens in full. */
export function Pictures({ pictures }: { pictures: readonly Attachment[] }) {
  const { t } = useTranslation('console');
  if (pictures.length === 0) return null;
  return (
    <ul className="pictures">
      {pictures.map((picture, place) => {
        const params = { attachmentId: picture.id };
        return (
          <li key={picture.id}>
            <a
              href={addressOf(routes.attachment.read, { params, query: { size: 'full' } })}
              target="_blank"
              rel="noreferrer"
            >
              <img
                src={addressOf(routes.attachment.read, { params, query: { size: 'small' } })}
                alt={t('need.record.openPhoto', { place: place + 1 })}
                width={picture.widthPixels}
                height={picture.heightPixels}
                loading="lazy"
              />
            </a>
          </li>
        );
      })}
    </ul>
  );
}
