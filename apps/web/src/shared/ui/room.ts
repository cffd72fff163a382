import { useEffect } from 'react';

/** Sets the type size and targets of a room on the document while its pages are shown. */
export function useRoom(room: 'console' | 'counter' | 'screen') {
  useEffect(() => {
    document.documentElement.dataset.room = room;
    return () => {
      delete document.documentElement.dataset.room;
    };
  }, [room]);
}
