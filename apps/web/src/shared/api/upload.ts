import { routes, type RouteOutput } from '@wennuan/contract';
import { ApiRefusal, refusalFrom } from './refusal.ts';

export type UploadedPicture = RouteOutput<typeof routes.attachment.add>;

/** Sends one picture. `onProgress` is given the share sent, 0 to 1. Throws ApiRefusal; `network` may be tried again. */
export function uploadPicture(
  picture: Blob,
  name: string,
  onProgress: (share: number) => void,
): Promise<UploadedPicture> {
  const form = new FormData();
  form.append('file', picture, name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(routes.attachment.add.method, routes.attachment.add.path);
    request.setRequestHeader('accept-language', document.documentElement.lang);
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300)
        resolve(request.response as UploadedPicture);
      else reject(refusalFrom(request.status, request.response));
    });
    request.addEventListener('error', () => reject(new ApiRefusal('network', '', null, 0)));
    request.send(form);
  });
}
