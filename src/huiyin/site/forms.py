"""How a whole form is shown when a template says {{ form }}: our fields, one below the other."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Django's renderer with our form and field templates; used for every form (FORM_RENDERER)."""

    form_template_name = "components/form.html"
    field_template_name = "components/bare_field.html"
