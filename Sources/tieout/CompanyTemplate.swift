import Ledger

/// A `company.toml` in which every key stands with its default, as a comment.
enum CompanyTemplate {
  static var text: String { policies + accounts }

  private static var accounts: String {
    AccountRole.allCases.map { "# \($0.rawValue) = \"\($0.defaultName)\"\n" }.joined()
  }

  private static let policies = """
    # The policies behind every figure. A key that is left out has the default shown here.
    # Amounts and percentages are quoted strings, so that no binary fraction ever touches them.

    # name = "Your company, Inc."          # as it stands on reports; none by default
    # currency = "USD"                    # one currency a company
    # rate_card = "standard"              # used where neither the job nor the customer has a card
    # markup_schedule = "standard"        # likewise for materials

    [rounding]
    # amounts = "half_up"                 # half away from zero; or "half_even"
    # tax = "invoice"                     # once an invoice and component; or "line"

    [aging]
    # basis = "due_date"                  # or "invoice_date"
    # buckets = [30, 60, 90]              # days past due at which a new bucket begins
    # deposit_requests = true             # unpaid deposit requests age with AR

    [billing]
    # closeout = "require"                # signature and photos before a complete job is billed; "warn", "off"
    # open_jobs = true                    # bill jobs before they are complete
    # time_increment_minutes = 0          # 15 bills hours in quarters; 0 as they are
    # time_rounding = "nearest"           # or "up", "down"
    # time_rounding_per = "entry"         # or "day"
    # minimum_visit_hours = "0"           # least hours a technician, job and day
    # trip_charge = "0"                   # an amount a visit
    # material_pricing = "markup"         # on cost; or "list", "higher_of"
    # markup_means = "markup"             # 25 is cost x 1.25; "margin" makes it cost / 0.75
    # cost_markup_pct = "0"               # on costs.csv; cost_markup_pct_permit for one kind alone
    # not_to_exceed = "adjust"            # all lines and one negative line; "block" leaves lines out
    # over_schedule = "refuse"            # a line above 100 % of its scheduled value; or "allow"
    # group_lines = true                  # one invoice line a role and pay type, or an item and price

    [retainage]
    # policy = "cumulative"               # for jobs that name none; or "stop_at", "per_application"
    # tax = "at_billing"                  # tax is due with the draw; or "at_release"

    [deposits]
    # apply = "full"                      # as far as it goes on the next invoice; "proportional", "manual"
    # tax = "on_application"              # or "on_receipt"
    # recovery_base = "gross"             # of the draw before retainage; or "net"

    [inventory]
    # costing = "moving_average"          # or "fifo", "standard"
    # negative_stock = "allow"            # issue at the current average and report it; or "refuse"

    [discounts]
    # base = "net"                        # on the amount before tax; or "total"
    # tax = "never"                       # does it reduce the tax: "on_early_payment", "always"
    # tolerance = "0"                     # a rest up to this after a discount counts as paid

    [finance_charges]
    # rate_pct = "0"                      # simple, on past-due principal; never on retainage or disputes
    # period = "month"                    # or "year"
    # grace_days = 0                      # days past due before a charge

    [wip]
    # zero_margin_below_pct = "0"         # revenue equals cost until this percent complete
    # fade_above_pct = "10"               # share of a job's first estimated gross profit lost before it is told

    [collections]
    # dso = "period"                      # or "count_back"
    # dso_months = 3                      # months of sales behind it
    # cei_sales = "total"                 # sales of the whole period; or "average" a month

    [allowance]
    # matrix = []                         # such as [{ days = 0, pct = "0.5" }, { days = 31, pct = "8" }]
    # roll_rates = []                     # instead: [{ days = 0, pct = "4" }, { days = 31, pct = "25" }], what of
                                          # a step rolls on into the next, of the last one what is lost
    # retainage_pct = "0"                 # expected loss on retainage, a pool of its own

    [borrowing_base]
    # concentration_pct = "25"            # the most of all open AR that one customer may be; "100" is off
    # cross_aging_pct = "50"              # more of a customer over 90 days, and none of it is eligible

    # The ledger's own name for each role; gl_balances.csv uses the same names.
    [accounts]

    """
}
