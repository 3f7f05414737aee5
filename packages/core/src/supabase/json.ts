import { isText } from '../session.ts'

/** Of requests and answers; the version is that of the error codes. */
export const JSON_HEADERS = { 'Content-Type': 'application/json', 'X-Supabase-Api-Version': '2024-01-01' }

/** The members of an answer's JSON object; none if it is anything else. The answer stays readable. */
export const jsonOf = async (response: Response): Promise<Record<string, unknown>> =>
  Object(
    await response
      .clone()
      .json()
      .catch(() => null),
  )

/** The error code in either of the server's error shapes. */
export const errorCodeOf = ({ error_code, code }: Record<string, unknown>): string | undefined =>
  [error_code, code].find(isText)
