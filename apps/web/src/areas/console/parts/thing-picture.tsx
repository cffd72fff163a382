import { type RouteOutput, routes } from '@wennuan/contract';
import { addressOf } from '../../../shared/api/client.ts';

type Item = RouteOutput<typeof routes.goods.items>['items'][number];

/** The picture of a kind of thing, or its first character where there is none. */
export function ThingPicture({ item }: { item: Pick<Item, 'name' | 'picture'> }) {
  if (!item.picture)
    return (
      <span className="thing-picture thing-picture-none" aria-hidden="true">
        {[...item.name][0]}
      </span>
    );
  return (
    <img
      className="thing-picture"
      src={addressOf(routes.attachment.read, {
        params: { attachmentId: item.picture.id },
        query: { size: 'small' },
      })}
      alt=""
      loading="lazy"
    />
  );
}
