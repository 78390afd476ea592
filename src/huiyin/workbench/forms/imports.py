"""The form of an import: a table, a mapping (a new one, or that of an earlier import), trial or not."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.importer.import_job import IMPORT, import_parameters
from huiyin.jobs.models import Job
from huiyin.organisations.models import Organisation
from huiyin.store.files.storage import LARGEST, plain_name

TABLES = (".csv", ".txt", ".xlsx", ".xls", ".ods")
LARGEST_MAPPING = 256 * 1024
EARLIER = 10


class ImportForm(forms.Form):
    """What to bring in and how."""

    use_required_attribute = False
    table_file = forms.FileField(
        label=_("表格"), help_text=_("CSV 或 XLSX，第一行是列名"),
        error_messages={"required": _("请选择要导入的表格。"), "empty": _("这个文件是空的，请重新选择。")},
    )  # fmt: skip
    mapping_file = forms.FileField(
        label=_("映射"), required=False, help_text=_("YAML 文件，写明哪一列是什么"),
        error_messages={"empty": _("这个文件是空的，请重新选择。")},
    )  # fmt: skip
    earlier = forms.ChoiceField(label=_("或沿用以前的映射"), required=False)
    trial = forms.ChoiceField(
        label=_("怎样导入"), initial="yes", widget=forms.RadioSelect,
        choices=[("yes", _("先试一遍：逐行检查，不留下案件")), ("no", _("直接导入"))],
    )  # fmt: skip

    def __init__(self, organisation: Organisation, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, label_suffix="")
        self._earlier = _earlier_mappings(organisation)
        names = [(key, said["mapping_name"]) for key, said in self._earlier.items()]
        self.fields["earlier"].choices = [("", "—"), *names]  # type: ignore[attr-defined]
        if not names:
            del self.fields["earlier"]
        for name in ("table_file", "mapping_file"):
            self.fields[name].widget.attrs["class"] = "file-input"

    def clean_table_file(self) -> UploadedFile:
        """A table of a kind that can be read, not too large."""
        file: UploadedFile = self.cleaned_data["table_file"]
        if not (file.name or "").lower().endswith(TABLES):
            raise forms.ValidationError(_("请选择 CSV 或 XLSX 文件。"))
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("文件太大，请分成几个文件导入；单个文件不超过 %(most)s MB。") % {"most": LARGEST // 1024**2})
        return file

    def clean(self) -> dict[str, Any]:
        """A mapping there must be; one that is uploaded counts."""
        said = super().clean() or {}
        file: UploadedFile | None = said.get("mapping_file")
        if file is not None:
            said["mapping"] = self._text(file)
        elif earlier := self._earlier.get(said.get("earlier", "")):
            said["mapping"], said["mapping_name"] = earlier["mapping"], earlier["mapping_name"]
        elif not self.errors:
            self.add_error("mapping_file", _("请选择映射文件，或沿用以前的映射。"))
        return said

    def _text(self, file: UploadedFile) -> str:
        if (file.size or 0) > LARGEST_MAPPING:
            self.add_error("mapping_file", _("映射文件太大，请核对是不是选错了文件。"))
            return ""
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("mapping_file", _("映射文件要存为 UTF-8。"))
            return ""

    def parameters(self) -> dict[str, Any]:
        """What the job is told."""
        said = self.cleaned_data
        mapping_file: UploadedFile | None = said.get("mapping_file")
        mapping_name = plain_name(mapping_file.name or "") if mapping_file else said["mapping_name"]
        name = plain_name(said["table_file"].name)
        trial, language = said["trial"] == "yes", get_language() or ""
        return import_parameters(name, mapping_name, said["mapping"], trial=trial, language=language)

    def table(self) -> bytes:
        """The table's bytes."""
        file: UploadedFile = self.cleaned_data["table_file"]
        return file.read()


def _earlier_mappings(organisation: Organisation) -> dict[str, dict[str, Any]]:
    """The newest mappings of earlier imports, each once: id of the job → its parameters."""
    found: dict[str, dict[str, Any]] = {}
    texts: set[str] = set()
    for job in Job.objects.filter(organisation=organisation, kind=IMPORT.name).order_by("-id")[: EARLIER * 3]:
        said = job.parameters
        if said["mapping"] not in texts and len(found) < EARLIER:
            texts.add(said["mapping"])
            found[str(job.pk)] = said
    return found
