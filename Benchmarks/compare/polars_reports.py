"""The reports ar-aging, unbilled and contract-status by Polars, in floats as an analyst would.

usage: polars_reports.py DIR AS_OF OUT

The same rules as sql/, in the same order. Lines are rounded to the cent, half away from zero, but
in binary: 1.005 is a little below itself and becomes 1.00. So a figure may be some cents off.
"""

import sys
from calendar import monthrange
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from polars import col, lit, when

from moving_average import NONE, moving_average
from source import Source, Unsupported

NUMBERS = {
    "amount", "bill_price", "bill_rate", "burden_pct", "contract_amount", "cost_over", "cost_rate",
    "credit_limit", "deposit", "discount_taken", "estimated_cost", "fee_pct", "hours", "markup_pct",
    "not_to_exceed", "quantity", "retainage", "standard_cost", "subtotal", "tax", "total",
    "unit_cost",
}
DAYS = {
    "approved_date", "cancelled_date", "closed_date", "completion_date", "date", "disputed_from",
    "due_date", "effective_from", "end_date", "hold_from", "start_date", "void_date",
}
MULTIPLIERS = {"REG": 1.0, "OT": 1.5, "DT": 2.0, "TRAVEL": 1.0}
REVENUE = ["standard", "progress", "credit_memo"]
ASKS_FOR_PAYMENT = ["standard", "progress", "deposit", "retainage_release"]
FOREVER = date(9999, 12, 31)
# The streaming engine reads the timesheets block by block: half the memory, no slower.
ENGINE = "streaming"


def rounded(expression, decimals=2):
    return expression.round(decimals, mode="half_away_from_zero")


def zero(name):
    return col(name).fill_null(0)


def share_in_percent(part, whole):
    return when(whole != 0).then(rounded(part * 100 / whole, 4))


class Reports:
    """The tables of a folder and what they come to on a day."""

    def __init__(self, source, as_of):
        self.source = source
        self.as_of = as_of
        self.documents = self.live_documents().collect(engine=ENGINE).lazy()
        self.not_billing = self.documents_not_billing().collect(engine=ENGINE).lazy()
        self.payments = self.standing_payments().collect(engine=ENGINE).lazy()
        self.applied = self.standing_applications().collect(engine=ENGINE).lazy()
        self.balances = self.open_balances().collect(engine=ENGINE).lazy()
        self.jobs = self.jobs_on_the_day().collect(engine=ENGINE).lazy()
        self.work = self.work_by_job().collect(engine=ENGINE).lazy()
        self.contracts = self.contracts_with_billing().collect(engine=ENGINE).lazy()

    def table(self, name):
        """A file with the type of every column: nothing is guessed by sampling."""
        schema = {
            column: pl.Date if column in DAYS else pl.Float64 if column in NUMBERS else pl.String
            for column in self.source.header(name)
        }
        return pl.scan_csv(self.source.path(name), schema=schema)

    # Documents

    def live_documents(self):
        is_live = (col("status") != "void") | (col("void_date") > self.as_of)
        is_disputed = (col("disputed") == "yes") & (
            col("disputed_from").is_null() | (col("disputed_from") <= self.as_of))
        return self.table("invoices").filter((col("date") <= self.as_of) & is_live).select(
            "invoice_id", "customer_id", "job_id", "type", "date", "due_date", "terms", "subtotal",
            "tax", "deposit", "retainage", "total", is_disputed.alias("is_disputed"))

    def documents_not_billing(self):
        """The few documents whose entries are not billed on the day, though they name one."""
        is_void = col("status") == "void"
        void_date = col("void_date").fill_null(col("date"))
        return self.table("invoices").filter(
            (col("date") > self.as_of) | (is_void & (void_date <= self.as_of))
        ).select("invoice_id", (~is_void).alias("bills_later"))

    def standing_payments(self):
        payments = self.table("payments").filter(col("date") <= self.as_of)
        reversed_ = payments.filter(col("type") == "reversal").select(payment_id="reverses")
        return payments.filter(col("type") == "payment").join(
            reversed_, on="payment_id", how="anti"
        ).select("payment_id", "customer_id", "amount", "date")

    def standing_applications(self):
        sources = pl.concat([
            self.payments.select(
                source_id="payment_id", source=lit("payment"), source_day="date"),
            self.documents.select(
                source_id="invoice_id", source="type", source_day="date"),
        ])
        targets = self.documents.select("invoice_id", "customer_id", invoiced="date")
        return self.table("applications").filter(col("date") <= self.as_of).join(
            targets, on="invoice_id"
        ).join(sources, on="source_id").select(
            "invoice_id", "source_id", "amount", "source", "customer_id", "invoiced",
            zero("discount_taken").alias("discount"),
            pl.max_horizontal("date", "invoiced", "source_day").alias("since"))

    def due_day(self):
        """By the terms, where a document has no due date of its own."""
        number = col("terms").str.extract(r"(\d+)(?:th prox)?$").cast(pl.Int64)
        late = when(col("date").dt.day() > 25).then(7).otherwise(0)
        month_end = col("date").dt.month_end()
        return (
            when(col("terms").str.ends_with("prox")).then(month_end + pl.duration(days=number))
            .when(col("terms") == "EOM")
            .then((col("date") + pl.duration(days=late)).dt.month_end())
            .when(col("terms") == "Due on receipt").then(col("date"))
            .otherwise(col("date") + pl.duration(days=number)))

    def open_balances(self):
        taken = self.applied.group_by("invoice_id").agg(
            (col("amount") + col("discount")).sum().alias("taken"),
            col("amount").filter(col("source") == "payment").sum().alias("received"),
            col("amount").filter(col("source") == "write_off").sum().alias("written_off"))
        given = self.applied.filter(col("source") != "payment").group_by(
            invoice_id="source_id").agg(given=col("amount").sum())
        is_deposit = col("type") == "deposit"
        due = col("due_date").fill_null(self.due_day())
        return self.documents.join(taken, on="invoice_id", how="left").join(
            given, on="invoice_id", how="left"
        ).with_columns(zero(name) for name in ("taken", "received", "written_off", "given")
        ).with_columns(
            rounded(col("total") - col("taken") + when(is_deposit).then(0).otherwise(col("given")))
            .alias("open"),
            when(is_deposit).then(col("taken") - col("written_off") - col("given"))
            .otherwise(col("deposit")).alias("held"),
            (lit(self.as_of) - due).dt.total_days().alias("days_past_due"))

    # Work

    def jobs_on_the_day(self):
        def has_come(column):
            return col(column).is_null() | (col(column) <= self.as_of)

        is_complete = (col("completion_date") <= self.as_of).fill_null(False)
        customers = self.table("customers").select(
            "customer_id", "on_hold", customer="name", customer_card="rate_card")
        return self.table("jobs").join(customers, on="customer_id").with_columns(
            status=when((col("status") == "cancelled") & has_come("cancelled_date"))
            .then(lit("cancelled"))
            .when((col("status") == "closed") & has_come("closed_date")).then(lit("closed"))
            .when((col("status") == "on_hold") & has_come("hold_from")).then(lit("on_hold"))
            .when(is_complete).then(lit("complete")).otherwise(lit("open")),
            lacks_closeout=is_complete
            & ((col("signature_on_file") != "yes") | (col("photos_on_file") != "yes")),
            bills_entries=col("billing_method").is_in(["time_and_materials", "cost_plus"]),
            cost_factor=when(col("billing_method") == "cost_plus").then(1 + zero("fee_pct") / 100),
            rate_card=pl.coalesce("rate_card", "customer_card", lit(self.source.rate_card)))

    def versions(self, table, keys):
        """Rows with the day on which the next of the same keys takes their place."""
        return self.table(table).sort("effective_from").with_columns(
            col("effective_from").shift(-1).over(keys).fill_null(FOREVER).alias("effective_until"))

    def labor_rates(self):
        """What an hour costs and bills, by technician, pay type, card and day."""
        types = pl.LazyFrame({"pay_type": list(MULTIPLIERS), "multiplier": MULTIPLIERS.values()})
        rates = self.versions("rates", ["rate_card", "role", "pay_type"]).rename(
            {"effective_from": "rate_from", "effective_until": "rate_until"})
        own = rates.with_columns(hour_price="bill_rate").drop("bill_rate")
        regular = rates.filter(col("pay_type") == "REG").drop("pay_type").join(
            types, how="cross"
        ).join(own, on=["rate_card", "role", "pay_type"], how="anti").select(
            "rate_card", "role", "pay_type", "rate_from", "rate_until",
            hour_price=col("bill_rate") * col("multiplier"))
        cards = pl.concat([own.select(regular.collect_schema().names()), regular])
        return self.versions("technicians", "technician_id").join(cards, on="role").filter(
            (col("rate_from") < col("effective_until"))
            & (col("effective_from") < col("rate_until"))
        ).join(types, on="pay_type").select(
            "technician_id", "pay_type", "rate_card", "hour_price",
            pl.max_horizontal("effective_from", "rate_from").alias("effective_from"),
            pl.min_horizontal("effective_until", "rate_until").alias("effective_until"),
            hour_cost=col("cost_rate") * col("multiplier"),
            hour_burden=col("cost_rate") * col("multiplier") * col("burden_pct") / 100)

    def with_state(self, lines, is_billable):
        """Adds whether a line is unbilled on the day, and whether a document bills it later."""
        terms = self.jobs.select("job_id", "rate_card", "cost_factor", "bills_entries")
        freed = col("invoice_id").is_null() | col("bills_later").is_not_null()
        is_later = col("bills_later").fill_null(False)
        return lines.join(terms, on="job_id").join(
            self.not_billing, on="invoice_id", how="left"
        ).with_columns(
            is_later=is_later, has_document=is_later | ~freed,
            is_unbilled=col("bills_entries") & (is_later | (freed & is_billable)))

    def labor_lines(self):
        lines = self.with_state(
            self.table("timesheets").filter(col("date") <= self.as_of), col("billable") == "yes")
        is_approved = (col("approved") == "yes") & (
            col("approved_date").is_null() | (col("approved_date") <= self.as_of))
        cost = rounded(col("hours") * col("hour_cost")) + rounded(
            col("hours") * col("hour_burden"))
        return lines.join(
            self.labor_rates(), on=["technician_id", "pay_type", "rate_card"]
        ).filter(
            (col("date") >= col("effective_from")) & (col("date") < col("effective_until"))
        ).with_columns(cost=cost, is_approved=is_approved).select(
            "job_id", "date", "hours", "cost", "is_later", "is_approved", "is_unbilled",
            price=when(col("cost_factor").is_null())
            .then(rounded(col("hours") * col("hour_price")))
            .otherwise(rounded(col("cost") * col("cost_factor"))))

    def movements(self):
        """Movements through the day, each with its cost, its unit cost and its number."""
        lines = self.table("inventory").filter(col("date") <= self.as_of).select(
            "movement_id", "date", "item_id", "type", "quantity", "unit_cost", "job_id", "reverses",
            "bill_price", "invoice_id", is_billable=col("billable") == "yes",
        ).with_row_index("row").collect(engine=ENGINE)
        if self.source.costing == "standard":
            standard = self.table("items").select("item_id", "standard_cost").collect()
            return lines.lazy().join(standard.lazy(), on="item_id").with_columns(
                unit_cost="standard_cost",
                cost=rounded(col("quantity") * col("standard_cost")))
        cost, average = averaged(lines)
        return lines.lazy().with_columns(
            cost=pl.Series(cost) / 100, unit_cost=pl.Series(average) / 10_000)

    def markups(self):
        """The tiers that hold for each item: those of its category, or those for all."""
        tiers = self.table("markups").filter(
            col("markup_schedule") == self.source.markup_schedule
        ).sort("cost_over").with_columns(
            cost_to=col("cost_over").shift(-1).over("category").fill_null(float("inf")),
            factor=1 + col("markup_pct") / 100).collect()
        own = tiers["category"].drop_nulls().unique().to_list()
        category = when(col("category").is_in(own)).then(col("category")).otherwise(lit(""))
        return self.table("items").select("item_id", category=category).join(
            tiers.lazy().with_columns(col("category").fill_null("")).drop("markup_schedule"), on="category"
        ).select("item_id", "cost_over", "cost_to", "factor")

    def material_lines(self):
        parts = self.with_state(
            self.movements().filter(col("type") != "receipt"), col("is_billable"))
        factor = parts.join(self.markups(), on="item_id").filter(
            (col("unit_cost") > col("cost_over")) & (col("unit_cost") <= col("cost_to"))
        ).select("row", "factor")
        is_cost_plus = col("cost_factor").is_not_null()
        has_own_price = col("bill_price").is_not_null() & ~is_cost_plus
        parts = parts.join(factor, on="row", how="left").with_columns(
            has_own_price=has_own_price,
            price=when(is_cost_plus).then(rounded(col("cost") * col("cost_factor")))
            .when(has_own_price).then(rounded(col("quantity") * col("bill_price")))
            .otherwise(rounded(col("quantity") * col("unit_cost") * col("factor").fill_null(1)))
        ).collect(engine=ENGINE).lazy()
        return pl.concat([issues(parts), self.returns(parts)])

    def returns(self, parts):
        """They bill what their issue did, negative, unless they have a price of their own."""
        issue = parts.filter(col("type") == "issue").select(
            reverses="movement_id", issued="quantity", issue_cost="cost", issue_price="price",
            is_issue_charged=col("is_billable") | col("has_document"))
        part = col("quantity") / col("issued")
        cost = col("cost")
        if self.source.costing == "standard":
            cost = rounded(col("issue_cost") * part)
        return parts.filter(col("type") == "return").join(issue, on="reverses").select(
            "job_id", "date", "is_later", cost=-cost,
            is_unbilled=col("is_unbilled") & (col("is_later") | col("is_issue_charged")),
            price=-when(col("has_own_price")).then(col("price"))
            .when(col("is_issue_charged")).then(rounded(col("issue_price") * part)).otherwise(0.0))

    def other_lines(self):
        return self.with_state(
            self.table("costs").filter(col("date") <= self.as_of), col("billable") == "yes"
        ).select(
            "job_id", "date", "is_later", "is_unbilled", cost="amount",
            price=rounded(col("amount") * col("cost_factor").fill_null(1)))

    def by_job(self, lines, kind):
        """Sums of each job; what of a kind needs no approval is approved."""
        price = col("price").filter(col("is_unbilled"))
        age = (lit(self.as_of) - col("date")).dt.total_days().filter(col("is_unbilled"))
        is_later = col("is_later").filter(col("is_unbilled"))
        is_approved = col("is_approved").filter(col("is_unbilled"))
        return lines.group_by("job_id").agg(
            cost=col("cost").sum(), hours=col("hours").filter(col("is_unbilled")).sum(),
            unbilled=price.sum(), later=price.filter(is_later).sum(),
            later_approved=price.filter(is_later & is_approved).sum(),
            open=price.filter(~is_later & is_approved).sum(),
            not_approved=price.filter(~is_later & ~is_approved).sum(),
            days_0_30=price.filter(age <= 30).sum(),
            days_31_60=price.filter(age.is_between(31, 60)).sum(),
            days_61_90=price.filter(age.is_between(61, 90)).sum(),
            over_90=price.filter(age > 90).sum(),
            oldest_date=col("date").filter(col("is_unbilled")).min(),
        ).with_columns(kind=lit(kind))

    def work_by_job(self):
        approved = [lit(0.0).alias("hours"), lit(True).alias("is_approved")]
        kinds = {
            "labor": self.labor_lines(),
            "material": self.material_lines().with_columns(approved),
            "other": self.other_lines().with_columns(approved),
        }
        sums = pl.concat(self.by_job(lines, kind) for kind, lines in kinds.items())
        names = ["cost", "later", "later_approved", "open", "not_approved", "days_0_30",
                 "days_31_60", "days_61_90", "over_90"]
        return sums.group_by("job_id").agg(
            *(rounded(col(name).sum()) for name in names),
            *(rounded(col("unbilled").filter(col("kind") == kind).sum()).alias(kind)
              for kind in kinds),
            labor_hours=col("hours").sum(), total_unbilled=rounded(col("unbilled").sum()),
            oldest_date=col("oldest_date").min())

    # Contracts

    def contracts_with_billing(self):
        latest = self.table("estimates").filter(col("date") <= self.as_of).sort("date").group_by(
            "job_id").agg(estimate=col("estimated_cost").last(), estimate_day=col("date").last())
        original = pl.coalesce("contract_amount", "not_to_exceed")
        return self.jobs.join(latest, on="job_id", how="left").join(
            self.changes(latest), on="job_id", how="left"
        ).join(self.billing(), on="job_id", how="left").join(
            self.work, on="job_id", how="left"
        ).with_columns(zero(name) for name in (
            "approved", "pending", "added_cost", "billed", "tax_billed", "retainage_held",
            "retainage_released", "received", "open_ar", "deposits_held", "cost", "open",
            "not_approved", "later", "later_approved")
        ).with_columns(
            has_amount=original.is_not_null(), original=original.fill_null(0),
            revised=original.fill_null(0) + col("approved"),
            cap=col("not_to_exceed") + col("approved"),
            estimate=col("estimate").fill_null(col("estimated_cost")) + col("added_cost"))

    def changes(self, latest):
        """A change approved after the estimate's day is not in the estimate yet."""
        is_approved = (col("status") == "approved") & (col("approved_date") <= self.as_of)
        is_raised = (col("date") <= self.as_of) & (col("status") != "rejected") & ~is_approved
        is_new = col("estimate_day").is_null() | (col("approved_date") > col("estimate_day"))
        return self.table("change_orders").with_columns(
            col("approved_date").fill_null(col("date"))
        ).join(latest, on="job_id", how="left").group_by("job_id").agg(
            approved=col("amount").filter(is_approved).sum(),
            pending=col("amount").filter(is_raised).sum(),
            added_cost=col("estimated_cost").filter(is_approved & is_new).sum())

    def billing(self):
        is_revenue = col("type").is_in(REVENUE)
        return self.balances.group_by("job_id").agg(
            billed=rounded(col("subtotal").filter(is_revenue).sum()),
            tax_billed=rounded(col("tax").filter(is_revenue).sum()),
            retainage_held=rounded(col("retainage").sum()),
            retainage_released=rounded(
                -col("retainage").filter(col("type") == "retainage_release").sum()),
            received=rounded(col("received").sum()),
            open_ar=rounded(col("open").filter(col("type") != "credit_memo").sum()),
            deposits_held=rounded(col("held").sum()),
            last_invoice_date=col("date").filter(col("type").is_in(ASKS_FOR_PAYMENT)).max())

    # Reports

    def contract_status(self):
        cost, revised, estimate = col("cost"), col("revised"), col("estimate")
        billed = col("billed")
        is_completed = col("status").is_in(["complete", "closed"])
        no_estimate = estimate.is_null() | (estimate <= 0)
        is_whole = (cost >= estimate) | (is_completed & (col("billing_method") == "fixed_price"))
        complete_pct = (
            when(no_estimate).then(None).when(is_whole).then(100.0)
            .otherwise(share_in_percent(cost, estimate).clip(lower_bound=0)))
        fixed = (
            when(is_completed).then(revised)
            .when(col("status") == "cancelled").then(billed)
            .when(no_estimate).then(pl.min_horizontal(cost.clip(lower_bound=0), revised))
            .when(cost >= estimate).then(revised)
            .otherwise(rounded(revised * cost.clip(lower_bound=0) / estimate)))
        served = pl.min_horizontal(
            lit(self.as_of), "end_date",
            when(col("status") == "cancelled").then(col("cancelled_date")))
        days = (served - col("start_date")).dt.total_days() + 1
        term = (col("end_date") - col("start_date")).dt.total_days() + 1
        by_entries = pl.min_horizontal("cap", billed + col("later_approved") + col("open"))
        method = col("billing_method")
        earned = (
            when(method.is_in(["time_and_materials", "cost_plus"])).then(by_entries)
            .when(method == "fixed_price").then(fixed)
            .when(method == "service_agreement")
            .then(rounded(revised * days.clip(lower_bound=0) / term)).otherwise(0.0))
        return self.contracts.with_columns(earned=earned, complete_pct=complete_pct).select(
            "job_id", "name", "customer_id", "customer", "manager", "billing_method", "status",
            original_contract="original", approved_changes="approved", pending_changes="pending",
            revised_contract="revised", billed="billed",
            billed_pct=share_in_percent(billed, revised), tax_billed="tax_billed",
            retainage_held="retainage_held",
            retainage_released="retainage_released", received="received", open_ar="open_ar",
            deposits_held="deposits_held",
            left_to_bill=when(col("has_amount")).then(revised - billed),
            cost_to_date="cost", complete_pct="complete_pct", earned="earned",
            gross_profit=col("earned") - cost,
            underbilled=(col("earned") - billed).clip(lower_bound=0),
            overbilled=(billed - col("earned")).clip(lower_bound=0),
            last_invoice_date="last_invoice_date",
            days_since_invoice=(lit(self.as_of) - col("last_invoice_date")).dt.total_days(),
        ).rename({"name": "job"}).sort("job_id")

    def unbilled(self):
        status, both = col("status"), col("open") + col("not_approved")
        block = (
            when(status == "cancelled").then(lit("job_cancelled"))
            .when(status == "closed").then(lit("job_closed"))
            .when(status == "on_hold").then(lit("job_on_hold"))
            .when(col("on_hold") == "yes").then(lit("customer_on_hold")))
        room = (col("cap") - col("billed")).clip(lower_bound=0)
        is_clear = col("block").is_null() & ~col("lacks_closeout")
        within = when(is_clear).then(pl.min_horizontal("open", room)).otherwise(0.0)

        def blocked(reason):
            return when(col("block") == reason).then(both).otherwise(0.0)

        return self.contracts.filter(col("oldest_date").is_not_null()).with_columns(
            block=block).with_columns(ready=within).select(
            "job_id", "name", "customer_id", "customer", "billing_method", "status", "labor_hours",
            "labor", "material", "other", col("total_unbilled").alias("total"), "ready",
            blocked=both - col("ready"), billed_later="later",
            **{f"blocked_{reason}": blocked(reason) for reason in (
                "job_cancelled", "job_closed", "job_on_hold", "customer_on_hold")},
            blocked_held=lit(0.0),
            blocked_not_approved=when(col("block").is_null()).then(col("not_approved"))
            .otherwise(0.0),
            blocked_no_rate=lit(0.0), blocked_no_cost=lit(0.0),
            blocked_closeout_incomplete=when(col("block").is_null() & col("lacks_closeout"))
            .then(col("open")).otherwise(0.0),
            blocked_not_to_exceed=when(is_clear).then(col("open") - col("ready")).otherwise(0.0),
            days_0_30="days_0_30", days_31_60="days_31_60", days_61_90="days_61_90",
            over_90="over_90", oldest_date="oldest_date",
        ).rename({"name": "job"}).sort("job_id")

    def documents_by_customer(self):
        is_aged = col("type") != "credit_memo"
        open_, late = col("open").filter(is_aged), col("days_past_due").filter(is_aged)
        return self.balances.group_by("customer_id").agg(
            retainage_held=rounded(col("retainage").sum()),
            deposits_held=rounded(col("held").sum()),
            credits=col("open").filter(~is_aged).sum(), open=rounded(open_.sum()),
            not_due=open_.filter(late <= 0).sum(),
            days_1_30=open_.filter(late.is_between(1, 30)).sum(),
            days_31_60=open_.filter(late.is_between(31, 60)).sum(),
            days_61_90=open_.filter(late.is_between(61, 90)).sum(),
            over_90=open_.filter(late > 90).sum(),
            disputed=open_.filter(col("is_disputed").filter(is_aged)).sum(),
            oldest_days=late.filter(open_ > 0).max().clip(lower_bound=0),
            open_documents=(open_ != 0).sum())

    def cash_by_customer(self):
        used = self.applied.filter(col("source") == "payment").group_by(
            payment_id="source_id").agg(used=col("amount").sum())
        return self.payments.join(used, on="payment_id", how="left").group_by("customer_id").agg(
            cash=(col("amount") - zero("used")).sum())

    def days_to_pay(self):
        """From invoice to payment over twelve months, weighted by amount."""
        days = (col("since") - col("invoiced")).dt.total_days()
        return self.applied.filter(
            (col("source") == "payment") & (col("since") > year_before(self.as_of))
        ).group_by("customer_id").agg(
            average_days_to_pay=rounded((col("amount") * days).sum() / col("amount").sum(), 0)
            .cast(pl.Int64))

    def ar_aging(self):
        unbilled = self.contracts.group_by("customer_id").agg(
            unbilled=col("total_unbilled").sum())
        names = ["not_due", "days_1_30", "days_31_60", "days_61_90", "over_90", "open"]
        balances = self.table("customers").select("customer_id", "credit_limit", customer="name")
        for sums in (self.documents_by_customer(), self.cash_by_customer(), self.days_to_pay(),
                     unbilled):
            balances = balances.join(sums, on="customer_id", how="left")
        unapplied = rounded(zero("credits") - zero("cash"))
        excess = (col("open") + col("unapplied") + zero("unbilled") + col("retainage_held")
                  - col("credit_limit"))
        return balances.with_columns(
            *(zero(name) for name in (*names, "retainage_held", "deposits_held", "disputed")),
            unapplied=unapplied
        ).filter(
            (col("open_documents") > 0) | (col("unapplied") != 0) | (col("retainage_held") != 0)
            | (col("deposits_held") != 0)
        ).select(
            "customer_id", "customer", *names, "unapplied", net=col("open") + col("unapplied"),
            past_due_pct=when(col("open") > 0).then(
                share_in_percent(col("open") - col("not_due"), col("open"))),
            retainage_held="retainage_held", deposits_held="deposits_held", disputed="disputed",
            credit_limit="credit_limit", over_limit=excess.clip(lower_bound=0),
            oldest_days="oldest_days", average_days_to_pay="average_days_to_pay",
        ).sort("customer_id")


def year_before(day):
    """The same day of the year before; of a month's last day the last."""
    length = monthrange(day.year - 1, day.month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(day.year - 1, day.month, length if is_last else day.day)


def issues(parts):
    return parts.filter(col("type") == "issue").select(
        "job_id", "date", "is_later", "cost", "is_unbilled", "price")


def averaged(lines):
    """Cost in cents and unit cost in ten-thousandths of each movement, by `moving_average`."""
    kinds = pl.Enum(["receipt", "issue", "return"])
    issue = lines.select(issue_row="row", reverses="movement_id").join(
        lines.select("reverses"), on="reverses", how="semi")
    table = lines.join(issue, on="reverses", how="left", maintain_order="left").select(
        item=col("item_id").cast(pl.Categorical).to_physical().cast(pl.Int64),
        kind=col("type").cast(kinds).to_physical().cast(pl.Int64),
        quantity=rounded(col("quantity") * 10_000, 0).cast(pl.Int64),
        unit_cost=rounded(zero("unit_cost") * 10_000, 0).cast(pl.Int64),
        reverses=col("issue_row").cast(pl.Int64).fill_null(NONE))
    return moving_average(*(np.asarray(column) for column in table.iter_columns()))


def write_reports(folder, as_of, out):
    reports = Reports(Source(folder), date.fromisoformat(as_of))
    Path(out).mkdir(parents=True, exist_ok=True)
    for name, frame in (
        ("ar-aging", reports.ar_aging()), ("unbilled", reports.unbilled()),
        ("contract-status", reports.contract_status()),
    ):
        frame.collect(engine=ENGINE).write_csv(Path(out) / f"{name}.csv", float_precision=4)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    try:
        write_reports(*sys.argv[1:])
    except Unsupported as rule:
        sys.exit(f"{sys.argv[1]}: {rule}")
