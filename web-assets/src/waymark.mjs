// Optional script: every page works without it. Only the enhancements that some template asks for.
import { Button, CharacterCount, ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink, isSupported } from 'govuk-frontend'

const enhancements = [Button, CharacterCount, ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink]

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
