import { openTransport } from './transport.ts'

/**
 * Posts once to everybody else who listens on `name`, in this page too; in a task of its own, so that what all
 * tabs have to do at the same moment is done first. Not by a timer: Firefox holds those of hidden pages back for a second.
 */
export const postSoon = (name: string, message: unknown): void => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    const { post, close } = openTransport(name, () => {})
    post(message)
    close()
    port1.close()
  }
  port2.postMessage(0)
}
