"""What an export asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coding.domain.exports import ExportFormat

FORMATS = [
    (ExportFormat.XLSX.value, _("Excel workbook (XLSX)")),
    (ExportFormat.CSV_EXCEL.value, _("CSV for Excel: opens by a double click")),
    (ExportFormat.CSV.value, _("CSV, exact: for programs, every character as it is")),
]


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("Format"), choices=FORMATS, widget=forms.RadioSelect, initial=ExportFormat.XLSX
    )
