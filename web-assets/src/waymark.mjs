// Optional script: every page works without it. Only the enhancements that some template asks for.
import { Button, CharacterCount, ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink, isSupported } from 'govuk-frontend'
import { StillThere } from './still-there.mjs'

const enhancements = [Button, CharacterCount, ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink, StillThere]

if (isSupported()) {
  for (const Enhancement of enhancements) {
    for (const root of document.querySelectorAll(`[data-module="${Enhancement.moduleName}"]`)) {
      try {
        new Enhancement(root)
      } catch (fault) {
        console.error(fault)
      }
    }
  }
}
