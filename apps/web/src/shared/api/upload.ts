import { type RouteDefinition, type RouteInput, type RouteOutput, routes } from '@wennuan/contract';
import { addressOf, type InputArguments } from './client.ts';
import { ApiRefusal, refusalFrom } from './refusal.ts';

export type UploadedPicture = RouteOutput<typeof routes.attachment.add>;

interface Upload<R extends RouteDefinition> {
  route: R;
  /** What else the route's address needs. */
  input?: RouteInput<R>;
  file: Blob;
  name: string;
  /** Is given the share sent, 0 to 1. */
  onProgress?: (share: number) => void;
}

/** Sends one file to a route that takes one. Throws ApiRefusal; `network` may be tried again. */
export function uploadFile<R extends RouteDefinition>(upload: Upload<R>): Promise<RouteOutput<R>> {
  const { route, input, file, name, onProgress } = upload;
  const form = new FormData();
  form.append('file', file, name);
  const address = addressOf(route, ...([input] as unknown as InputArguments<R>));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(route.method, address);
    request.setRequestHeader('accept-language', document.documentElement.lang);
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300)
        resolve(request.response as RouteOutput<R>);
      else reject(refusalFrom(request.status, request.response));
    });
    request.addEventListener('error', () => reject(new ApiRefusal('network', '', null, 0)));
    request.send(form);
  });
}

/** Sends one picture. `onProgress` is given the share sent, 0 to 1. Throws ApiRefusal; `network` may be tried again. */
export function uploadPicture(
  picture: Blob,
  name: string,
  onProgress: (share: number) => void,
): Promise<UploadedPicture> {
  return uploadFile({ route: routes.attachment.add, file: picture, name, onProgress });
}
