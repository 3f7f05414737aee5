/** What is real here, and what is staged. */
export function Staging({ isHosted }: { isHosted: boolean }) {
  return (
    <details className="staging">
      <summary>What is real here, and what is staged</summary>
      <ul className="staging-list">
        <li>
          Every pane is a frame with a page, a client and a memory of its own, and the frames share this
          address’s storage, locks and channels, as tabs do. <span aria-hidden="true">↗</span> beside a pane
          opens the same page as a real tab, which joins in.
        </li>
        {isHosted ? (
          <li>
            The server is your project. It does not tell of its grants: the counts are what the panes see of
            their own requests, and an old token that was answered again looks like a new one there. So as not
            to use up its rate limit, every scenario runs with as many tabs as are set.
          </li>
        ) : (
          <li>
            Each side has a server of its own, which treats refresh tokens as Supabase Auth does. Slow, lost
            and refused answers come from there.
          </li>
        )}
        <li>
          An hour that passes is staged: the clocks of the server and of the panes are put ahead together, as
          after a sleep.
        </li>
        <li>
          Being frozen is staged, since the frames of a page can only be frozen with the whole page. What a
          frozen tab does not run (timers, tasks, answers, lock callbacks, the database) is held back until it
          wakes; channel messages do arrive. Real tabs are really frozen, by the browser.
        </li>
        <li>Being off line is staged: requests of the panes fail as without a network.</li>
        <li>
          In “Stale tab” the app keeps its session in the session storage (<code>auth.storage</code>). Each
          pane has one of its own there, as a tab would; the frames of a page share theirs. With supabase-js’s
          default, <code>localStorage</code>, the old tab would find the new token there.
        </li>
      </ul>
    </details>
  )
}
