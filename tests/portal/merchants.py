"""A complaint about milk, and the link the merchant gets to answer it."""

from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.store.receipts import invitation_code

MILK = {
    "kind": "complaint",
    "matter-account": "牛奶结块，没有过保质期。",
    "matter-product": "鲜牛奶",
    "matter-specification": "1升",
    "matter-produced_on": "2026-09-20",
    "matter-merchant": "禾丰食品商行",
    "matter-order": "QY20260105001",
    "matter-unlawful_act": "销售变质食品",
    "identity": "named",
    "name": "林晓雨",
    "phone": "138 0000 5521",
}



def proof():
    """A photo of the milk, as the filing form sends it."""
    return {"file-proof": [SimpleUploadedFile("结块的牛奶.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)]}


def link(receipt, key="1"):
    return f"/outside/{receipt.number}/{key}/"


def code(receipt, key="1", issue=0):
    return invitation_code(receipt.case_id, key, issue)
