/** Characters of one note; the server refuses longer ones. */
export const MAX_TEXT = 2000

/** The table for a project of your own: each user sees and changes their own rows. */
export const CREATE_TABLE = `create table public.notes (
  id bigint generated always as identity primary key,
  user_id uuid not null default auth.uid()
    references auth.users (id) on delete cascade,
  text text not null check (length(text) between 1 and ${MAX_TEXT}),
  created_at timestamptz not null default now()
);

alter table public.notes enable row level security;

create policy "Users have their own notes" on public.notes
  for all to authenticated
  using ((select auth.uid()) = user_id)
  with check ((select auth.uid()) = user_id);

grant select, insert, update, delete on public.notes to authenticated;`
