// Whoever has done nothing for long is warned before their session ends, and stays by one press. Whoever types is there.

// The use of a session is noted to the minute, so that it may end a minute sooner than it seems here.
const UNSURE_MINUTES = 1
const WARNED_MINUTES = 2
const MINUTE = 60_000

export class StillThere {
  static moduleName = 'wm-still-there'

  constructor (root) {
    this.ask = root
    this.over = document.getElementById(root.dataset.over)
    this.address = root.querySelector('form').action
    this.lasts = (Number(root.dataset.minutes) - UNSURE_MINUTES) * MINUTE
    this.isTyped = false
    this.isOver = false
    // The other pages of the same browser have the same session.
    this.others = new BroadcastChannel(StillThere.moduleName)
    this.others.addEventListener('message', () => this.isUsed())
    root.addEventListener('submit', (event) => {
      event.preventDefault()
      this.stay()
    })
    document.addEventListener('input', () => {
      this.isTyped = true
      this.isThere()
    })
    document.addEventListener('pointerdown', () => this.isThere())
    // A computer that slept counted no time.
    document.addEventListener('visibilitychange', () => this.look())
    this.isUsed()
    this.others.postMessage('used')
  }

  /** The session's time begins anew. */
  isUsed () {
    this.usedAt = Date.now()
    this.isOver = false
    this.ask.close()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.look(), this.lasts - WARNED_MINUTES * MINUTE)
  }

  /** Warns when it is time to, and ends when that was for nothing. */
  look () {
    const left = this.usedAt + this.lasts - Date.now()
    if (this.isOver || left > WARNED_MINUTES * MINUTE) return
    clearTimeout(this.timer)
    if (left <= 0) return this.end()
    if (!this.ask.open) this.ask.showModal()
    this.timer = setTimeout(() => this.look(), left)
  }

  isThere () {
    if (!this.ask.open && !this.isOver && Date.now() - this.usedAt >= MINUTE) this.stay()
  }

  async stay () {
    // Not again with the next key.
    this.usedAt = Date.now()
    // It leads home, for whom no script asks; who has to sign in first is told so.
    const answer = await fetch(this.address, { method: 'POST', redirect: 'manual' }).catch(() => null)
    if (answer?.status === 401) return this.end()
    if (answer?.type !== 'opaqueredirect') return
    this.isUsed()
    this.others.postMessage('used')
  }

  /**
   * What was typed stays, behind words that say so; a page without any makes place for the one to sign in. It is said
   * once: what is pressed afterwards goes to the server, and nothing comes between.
   */
  end () {
    this.isOver = true
    clearTimeout(this.timer)
    this.ask.close()
    if (this.isTyped) this.over.showModal()
    else location.assign(location.pathname + location.search)
  }
}
