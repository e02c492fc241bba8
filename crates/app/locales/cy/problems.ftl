# Problemau y gellir dweud syniadau wrthynt.
problems-title = Problemau
problems-lead = Mae’r problemau hyn yn chwilio am syniadau. Daw’r rhai diweddaraf yn gyntaf.
problems-none = Nid oes problem wedi’i rhestru yma eto.
problems-until = Syniadau tan { $date }.
problems-open = Chwilir am syniadau.
problems-closed = Nid yw’n derbyn rhagor o syniadau.
problems-whose = Problem pwy
problems-opens = Syniadau o
problems-closes = Syniadau tan ddiwedd
problems-money = Arian ynddi
problems-tell = Dweud syniad wrth hon
problems-seeks = Chwilir am syniadau nawr. Gallwch ddweud un mewn tair munud.
problems-seeks-not = Nid yw’r broblem hon yn derbyn syniadau nawr.
problems-details = Rhagor amdani
problems-source = Ble y’i cyhoeddwyd
problems-search = Chwilio’r problemau
problems-all = Yn ôl at bob problem
problems-count = { $count ->
    [one] Mae 1 broblem yn cynnwys hyn i gyd
   *[other] Mae { $count } o broblemau yn cynnwys hyn i gyd
}
problems-column-title = Teitl
problems-column-body = Problem pwy
problems-column-state = A oes galw am syniadau?
problems-column-closes = Syniadau hyd ddiwedd
problems-column-link = Dolen
